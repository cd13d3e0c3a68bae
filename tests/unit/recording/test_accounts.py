"""Accounts of jobs add up to what was issued, whoever is asked: by fate, by sender, by holder, and in money."""

from __future__ import annotations

import numpy as np
import pytest

from govsim.kernels.routes import AD_HOC, BUY, DECLINED, DO, DOWN, DROP, PERMIT
from govsim.recording.accounts import by_holder, by_origin, minutes_by_account, money
from govsim.recording.tables import reported
from tests.properties.runs import run
from tests.reference.worlds import small_scenario, with_inspection_cut, with_pay_rise, with_permit

SENDERS = ("civil_affairs", "public_security", "civility", "street")
FATES = (DOWN, PERMIT, AD_HOC, DECLINED, DO, BUY, DROP)
SERVICE = 4


def reformed(**changes):
    """Return a world in which departments choose as it comes, so that no account is empty."""
    scenario = small_scenario("evading", parameters={"push.noise": 2.0, "push.compliance_base": 0.1}, **changes)
    return with_pay_rise(with_inspection_cut(with_permit(scenario, strictness=20.0)))


@pytest.fixture(scope="module")
def model():
    return run(reformed(money=2.0))


@pytest.fixture(scope="module")
def window(model):
    return reported(model.recording)


@pytest.fixture(scope="module")
def from_the_start():
    """Return a run that is reported from its first day on, so that nothing was open before."""
    return run(reformed(money=2.0, warm_up_years=0, years=2))


def test_the_accounts_of_jobs_add_up_to_what_was_issued(model, window):
    accounts = minutes_by_account(window)
    fates = ("sent_down", "ad_hoc", "declined", "taken", "saved", "bought", "let_be")
    assert all(accounts[name] > 0 for name in fates), "no account is empty"
    assert sum(accounts[name] for name in fates) == accounts["issued"]
    assert accounts["issued"] == model.recording.origins["issued_minutes"][12:].sum()


def test_every_fate_of_a_job_is_in_one_account(model, window):
    issued = {fate: int(model.recording.origins["issued_minutes"][12:, :, fate].sum()) for fate in FATES}
    accounts = minutes_by_account(window)
    assert accounts["sent_down"] == issued[DOWN] + issued[PERMIT]
    assert accounts["taken"] + accounts["saved"] == issued[DO]
    for name, fate in (("ad_hoc", AD_HOC), ("declined", DECLINED), ("bought", BUY), ("let_be", DROP)):
        assert accounts[name] == issued[fate]
    assert issued[PERMIT] > 0


def test_what_a_department_does_itself_costs_it_the_share_of_its_own_minutes(model, window):
    """Each job is rounded down to whole minutes."""
    accounts, n = minutes_by_account(window), int(window.origins("issued")[DO])
    whole = model.institution.parameters["push.own_minutes_share"] * (accounts["taken"] + accounts["saved"])
    assert whole - n <= accounts["taken"] <= whole


def test_what_came_down_is_what_arrived_in_communities_but_for_requests_and_rework(model, window):
    accounts, arrived = minutes_by_account(window), model.recording.communities["arrived_minutes"][12:].sum(axis=(0, 1))
    rework = int(model.recording.origins["rework_minutes"][12:].sum())
    assert rework > 0
    assert accounts["sent_down"] + accounts["ad_hoc"] + rework == arrived.sum() - arrived[SERVICE]


def test_what_others_spend_is_what_their_own_books_say(model, window):
    accounts, recording = minutes_by_account(window), model.recording
    offices, people = recording.offices[12:], recording.settlements[12:]
    assert (
        accounts["streets"] == offices["own_worked_minutes"][:, :2].sum() + offices["case_worked_minutes"][:, :2].sum()
    )
    assert accounts["department_cases"] == offices["case_worked_minutes"][:, 2:].sum()
    assert accounts["overtime"] == recording.communities["overtime_minutes"][12:].sum()
    assert accounts["residents"] == people["resident_minutes"].sum()
    assert accounts["volunteers"] == people["labour_minutes"].sum()
    assert accounts["waived"] == recording.origins["waived_minutes"][12:].sum()


def test_each_row_by_sender_adds_up(window):
    table = by_origin(window, SENDERS)
    assert list(table.index) == list(SENDERS)
    came, gone = ["sent_down", "ad_hoc", "rework"], ["booked", "waived", "expired", "still_open"]
    assert np.allclose(table[came].sum(axis=1), table[gone].sum(axis=1), rtol=0, atol=1e-9)
    fates = ["sent_down", "ad_hoc", "declined", "taken", "saved", "bought", "let_be"]
    issued = window.recording.origins["issued_minutes"][12:].sum(axis=(0, 2)) / 60
    assert np.allclose(table[fates].sum(axis=1), issued, rtol=0, atol=1e-9)


def test_senders_together_are_the_accounts(window):
    table, accounts = by_origin(window, SENDERS), minutes_by_account(window)
    for name in ("sent_down", "ad_hoc", "declined", "taken", "saved", "bought", "let_be", "waived"):
        assert table[name].sum() * 60 == pytest.approx(accounts[name], abs=1e-6)


def test_streets_send_inspections_that_are_held_or_not_and_nothing_else(window):
    street = by_origin(window, SENDERS).loc["street"]
    assert street["sent_down"] > 0.0
    assert street["let_be"] > 0.0
    assert street[["ad_hoc", "declined", "taken", "saved", "bought", "rework"]].tolist() == [0.0] * 6


def open_jobs(state):
    """Return remaining minutes of open jobs by sender, tray by tray."""
    minutes = [0] * len(SENDERS)
    for slot in state.work.trays["first"].tolist():
        while slot >= 0:
            item = state.work.items[slot]
            if item.resident < 0:
                minutes[int(state.line_of_matter[item.matter])] += int(item.remaining)
            slot = int(item.next)
    return minutes


def test_what_is_still_open_of_each_sender_lies_in_the_trays(from_the_start):
    table = by_origin(reported(from_the_start.recording), SENDERS)
    lying = open_jobs(from_the_start.state)
    assert sum(lying) > 0
    assert (table["still_open"] * 60).tolist() == pytest.approx(lying, abs=1e-6)


def test_by_holder_each_office_has_the_hours_that_it_worked(model, window):
    hours, recording = by_holder(window), model.recording
    offices = recording.offices[12:]
    worked = (offices["own_worked_minutes"] + offices["case_worked_minutes"]).sum(axis=0) / 60
    assert hours["communities"] == pytest.approx(recording.communities["booked_minutes"][12:].sum() / 60)
    assert hours["streets"] == pytest.approx(worked[:2].sum())
    assert hours["departments"] == pytest.approx(worked[2:].sum())
    assert hours["providers"] == pytest.approx(recording.origins["issued_minutes"][12:, :, BUY].sum() / 60)
    assert hours["residents"] == pytest.approx(recording.settlements["resident_minutes"][12:].sum() / 60)
    assert hours["volunteers"] == pytest.approx(recording.settlements["labour_minutes"][12:].sum() / 60)
    assert (hours > 0).all()


def test_money_is_paid_by_those_who_have_it_to_those_who_work_for_it(model):
    table, recording = money(model.recording), model.recording
    tallies, offices = recording.communities[12:], recording.offices[12:]
    paid = {(payer, payee) for payer in table.index for payee in table.columns if table.loc[payer, payee]}
    assert paid == {
        ("district", "workers"),
        ("district", "insurances"),
        ("district", "suppliers"),
        ("district", "office_staff"),
        ("own_funds", "workers"),
        ("department_budgets", "providers"),
        ("outside", "own_funds"),
    }
    totals = table.sum()
    assert totals["workers"] == pytest.approx(tallies["workers_received_fen"].sum() / 100)
    assert totals["insurances"] == pytest.approx(tallies["insurance_received_fen"].sum() / 100)
    assert totals["office_staff"] == pytest.approx(offices["cost_fen"].sum() / 100)
    assert totals["providers"] == pytest.approx(recording.origins["bought_fen"][12:].sum() / 100)
    assert table.loc["own_funds", "workers"] == pytest.approx(tallies["cost_own_fen"].sum() / 100)
    district = table.loc["district", ["workers", "insurances", "suppliers"]].sum()
    assert district == pytest.approx(tallies["cost_district_fen"].sum() / 100)


def test_money_of_a_year_holds_the_yearly_amounts_of_the_institution(model):
    """Own incomes of 5000 and 6000 yuan, an office budget for each of two communities, and no year but the last."""
    table, p = money(model.recording), model.institution.parameters
    assert table.loc["outside", "own_funds"] == 11_000
    assert table.loc["district", "suppliers"] == pytest.approx(2 * p["pay.office_yuan_per_year"])


def test_a_minute_bought_costs_its_share_of_the_hourly_price(model, window):
    """Each job is paid in whole fen."""
    bought, n = minutes_by_account(window)["bought"], int(window.origins("issued")[BUY])
    exact = bought * 100 * model.institution.parameters["push.bought_yuan_per_hour"] / 60
    assert exact - n <= int(window.origins("bought_fen")) <= exact


def test_without_a_reform_all_jobs_come_down_or_are_the_free_choice_of_their_departments():
    accounts = minutes_by_account(reported(run(small_scenario("evading")).recording))
    assert (accounts["ad_hoc"], accounts["declined"]) == (0, 0)
    assert accounts["sent_down"] > 0
