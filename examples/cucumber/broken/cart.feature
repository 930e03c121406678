Feature: Cart
  Scenario: pays by card
    Given a cart
    Whenever the backend answers
