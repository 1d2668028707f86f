using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;
using StreamSense.Core.Ingest;
using StreamSense.Core.Ingest.RevenueCat;
using StreamSense.Core.Tests.Ingest.AccessLogs;

namespace StreamSense.Core.Tests.Ingest.RevenueCat;

public sealed class RevenueCatTranslatorTests
{
    private const long T = 1_700_000_000_000;
    private const long Day = 86_400_000;

    private readonly LogFixture _fixture = new(_ => new RevenueCatTranslator());

    [Fact]
    public void Translate_TheLifeOfASubscription_IsItsSteps()
    {
        string[] life =
        [
            Webhook("INITIAL_PURCHASE", 0, "\"period_type\":\"TRIAL\",\"price\":0", endDay: 7),
            Webhook("RENEWAL", 7, "\"is_trial_conversion\":true,\"price\":10.7,\"price_in_purchased_currency\":9.99,\"currency\":\"EUR\""),
            Webhook("RENEWAL", 37, "\"is_trial_conversion\":false,\"price\":10.7"),
            Webhook("BILLING_ISSUE", 67, ""),
            Webhook("PRODUCT_CHANGE", 68, "\"new_product_id\":\"gold\""),
            Webhook("CANCELLATION", 70, "\"cancel_reason\":\"UNSUBSCRIBE\""),
            Webhook("UNCANCELLATION", 71, ""),
            Webhook("SUBSCRIPTION_PAUSED", 72, ""),
            Webhook("CANCELLATION", 73, "\"cancel_reason\":\"CUSTOMER_SUPPORT\",\"price\":-10.7"),
            Webhook("EXPIRATION", 74, "\"expiration_reason\":\"UNSUBSCRIBE\""),
        ];

        IngestResult result = _fixture.Read(string.Join('\n', life));

        Assert.Empty(result.Errors);
        Assert.Equal(
            [
                EventKind.TrialStarted, EventKind.TrialConverted, EventKind.SubscriptionRenewed, EventKind.BillingIssue,
                EventKind.PlanChanged, EventKind.SubscriptionCancelled, EventKind.Custom, EventKind.SubscriptionPaused,
                EventKind.Refunded, EventKind.SubscriptionExpired,
            ],
            _fixture.Events.Select(e => e.Kind));
        Assert.All(_fixture.Events, e => Assert.Equal(_fixture.Pseudonyms.Viewer("first"u8), e.Viewer));
        SubscriptionPayload trial = Payload(0);
        Assert.Equal((0, (T + (7 * Day)) * 1000, "silver"), (trial.AmountMillionths, trial.PeriodEndMicroseconds, Plan(0)));
        Assert.Equal((9_990_000, "EUR", "silver"), (Payload(1).AmountMillionths, Term(Payload(1).Currency), Plan(1)));
        Assert.Equal((10_700_000, "USD"), (Payload(2).AmountMillionths, Term(Payload(2).Currency)));
        Assert.Equal("gold", Plan(4));
        Assert.Equal(10_700_000, Payload(8).AmountMillionths);
        Assert.Contains("uncancellation", _fixture.Receiver.Events[6].Annex);
    }

    [Fact]
    public void Translate_ARetry_HasTheSameId()
    {
        string body = Webhook("INITIAL_PURCHASE", 0, "\"period_type\":\"NORMAL\"");

        _fixture.Read(body + body);

        Assert.Equal(EventKind.SubscriptionStarted, _fixture.Events[0].Kind);
        Assert.Equal(_fixture.Events[0].Id, _fixture.Events[1].Id);
    }

    [Fact]
    public void Translate_TheEventAlone_IsTakenAsTheWebhookIs()
    {
        _fixture.Read($$"""{"type":"EXPIRATION","id":"x","event_timestamp_ms":{{T}},"app_user_id":"only","product_id":"silver"}""");

        Assert.Equal((EventKind.SubscriptionExpired, _fixture.Pseudonyms.Viewer("only"u8)), (_fixture.Single.Kind, _fixture.Single.Viewer));
    }

    [Fact]
    public void Translate_TestsAndTheSandbox_AreLeftOut()
    {
        IngestResult result = _fixture.Read(Webhook("TEST", 0, "") + Webhook("RENEWAL", 0, "\"environment\":\"SANDBOX\""));

        Assert.Equal((2, 0), (result.Offered, result.Written));
        Assert.All(result.Errors, error => Assert.Equal(RejectReason.Excluded, error.Reason));
    }

    [Theory]
    [InlineData("""{"event":{}}""", RejectReason.MissingField)]
    [InlineData("""{"event":{"type":"RENEWAL"}}""", RejectReason.MissingField)]
    [InlineData("""{"event":{"type":"RENEWAL","event_timestamp_ms":1700000000000,"app_user_id":"a"}}""", RejectReason.MissingField)]
    [InlineData("""{"event":""", RejectReason.Malformed)]
    [InlineData("7", RejectReason.Malformed)]
    public void Translate_WhatIsNoEvent_IsRefusedWithAReason(string body, RejectReason reason) =>
        Assert.Equal(reason, Assert.Single(_fixture.Read(body).Errors).Reason);

    private static string Webhook(string type, int day, string more, int endDay = 37)
    {
        string rest = more.Length > 0 ? "," + more : "";
        return $$"""
            {"api_version":"1.0","event":{"type":"{{type}}","id":"{{type}}-{{day}}","event_timestamp_ms":{{T + (day * Day)}},
            "app_user_id":"later","original_app_user_id":"first","aliases":["first","later"],"product_id":"silver",
            "expiration_at_ms":{{T + (endDay * Day)}},"country_code":"SE"{{rest}} } }
            """;
    }

    private SubscriptionPayload Payload(int index) => _fixture.Events[index].ReadPayload<SubscriptionPayload>();

    private string Plan(int index) => Term(Payload(index).Plan);

    private string Term(Symbol symbol) => System.Text.Encoding.UTF8.GetString(_fixture.Vocabulary.Terms.Utf8NameOf(symbol));
}
