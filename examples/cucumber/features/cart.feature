Feature: Cart

  Background:
    Given a cart

  Scenario: adds an item
    When an item is added

  Scenario: pays by card
    When the backend answers 503
    Then the order is paid

  Scenario: asks the backend
    When the backend answers 503

  Scenario: shows the total
    Then the total is 42

  Scenario: keeps the session
    When the session is lost

  Scenario: sends the receipt
    When nobody answers

  @flaky
  Scenario: applies a voucher
    When the stock is counted at first

  @flaky
  Scenario: retries in vain
    When the stock is counted for ever

  Scenario: pays by invoice
    When invoices are off

  Scenario: pays in coins
    When coins are thrown in

  Scenario: pays in shells
    When shells are thrown in

  Scenario: wraps a gift
    When a gift is wrapped

  Scenario Outline: pays by <card>
    When the backend answers <status>

    Examples:
      | card   | status |
      | cheque | 503    |
      | cash   | 200    |

  Scenario Outline: delivers
    When the backend answers <status>

    Examples: at home
      | status |
      | 200    |

    Examples: abroad
      | status |
      | 200    |
      | 503    |

  @returns
  Rule: returns

    Scenario: ships back
      When the parcel is unknown

  @stock
  Rule: stock

    Scenario: counts
      When an item is added
