using System.Text;
using StreamSense.Core.Events;
using StreamSense.Core.Ingest.Json;
using StreamSense.Core.Ingest.Mapping;

namespace StreamSense.Core.Ingest.RevenueCat;

/// <summary>Reads RevenueCat's webhooks as events of subscriptions.</summary>
/// <remarks>
/// <para>
/// Takes the body of a webhook (<c>{"api_version":…,"event":{…}}</c>) or the event alone. The event's <c>id</c> stays the same over
/// retries. The viewer is <c>original_app_user_id</c>, which stays the same when a person logs in or an alias is added, so that a trial
/// and its conversion are the same viewer's; only without it <c>app_user_id</c>. A host whose playback events carry another id joins the
/// two by a <c>login</c>.
/// </para>
/// <para>
/// A cancellation ends no access (an expiration does), and one by customer support is a refund. The amount is
/// <c>price_in_purchased_currency</c> with its <c>currency</c>, else <c>price</c>, which is in US dollars; refunds count as positive
/// amounts. Events of the sandbox and tests are left out and counted. What has no canonical kind (a cancellation taken back, a
/// purchase that does not renew, a transfer) is a <c>custom</c> event of its name in small letters. One thread at a time; allocates
/// nothing once warm.
/// </para>
/// </remarks>
public sealed class RevenueCatTranslator : IRecordTranslator
{
    private static readonly string[] _paths =
    [
        "id", "type", "event_timestamp_ms", "app_user_id", "original_app_user_id", "product_id", "new_product_id", "period_type",
        "expiration_at_ms", "environment", "country_code", "currency", "price", "price_in_purchased_currency", "cancel_reason",
        "is_trial_conversion", "transferred_to[0]",
    ];

    private readonly TextArena _arena = new();
    private readonly JsonPicker _body = new("event");
    private readonly JsonPicker _event = new(_paths);
    private byte[] _source = [];

    private enum Field
    {
        Id,
        Type,
        Time,
        User,
        OriginalUser,
        Product,
        NewProduct,
        Period,
        Expiration,
        Environment,
        Country,
        Currency,
        Price,
        OwnPrice,
        CancelReason,
        IsTrialConversion,
        TransferredTo,
    }

    /// <inheritdoc/>
    public string Format => "revenuecat";

    /// <inheritdoc/>
    public RecordFraming Framing => RecordFraming.JsonValues;

    /// <inheritdoc/>
    public void Begin(IngestOrigin origin)
    {
        ArgumentNullException.ThrowIfNull(origin);
        _source = Encoding.UTF8.GetBytes(origin.Source ?? "revenuecat");
    }

    /// <inheritdoc/>
    public void Translate(ReadOnlySpan<byte> piece, CanonicalRecords output)
    {
        ArgumentNullException.ThrowIfNull(output);
        _arena.Clear();
        if (!_body.TryPick(piece, _arena, out PickedValues body))
        {
            output.Reject(RejectReason.Malformed, "expected a JSON object");
            return;
        }

        ReadOnlySpan<byte> inner = body.Tree(0);
        _event.TryPick(inner.IsEmpty ? piece : inner, _arena, out PickedValues values);
        ReadOnlySpan<byte> type = values.Text((int)Field.Type);
        if (type.IsEmpty)
        {
            output.Reject(RejectReason.MissingField, "type: is required");
        }
        else if (type.SequenceEqual("TEST"u8))
        {
            output.Exclude("a test of the webhook");
        }
        else if (values.Text((int)Field.Environment).SequenceEqual("SANDBOX"u8))
        {
            output.Exclude("an event of the sandbox");
        }
        else if (!InstantText.TryParse(values.Text((int)Field.Time), out EventTime time))
        {
            output.Reject(RejectReason.MissingField, "event_timestamp_ms: expected a time");
        }
        else
        {
            Write(KindOf(type, values), type, time, values, output);
        }
    }

    private static EventKind KindOf(ReadOnlySpan<byte> type, in PickedValues values)
    {
        bool isTrial = values.Text((int)Field.Period).SequenceEqual("TRIAL"u8);
        bool isConversion = values.Truth((int)Field.IsTrialConversion) == true;
        bool isRefund = values.Text((int)Field.CancelReason).SequenceEqual("CUSTOMER_SUPPORT"u8);
        return type.SequenceEqual("INITIAL_PURCHASE"u8) ? (isTrial ? EventKind.TrialStarted : EventKind.SubscriptionStarted)
            : type.SequenceEqual("RENEWAL"u8) ? (isConversion ? EventKind.TrialConverted : EventKind.SubscriptionRenewed)
            : type.SequenceEqual("CANCELLATION"u8) ? (isRefund ? EventKind.Refunded : EventKind.SubscriptionCancelled)
            : type.SequenceEqual("EXPIRATION"u8) ? EventKind.SubscriptionExpired
            : type.SequenceEqual("BILLING_ISSUE"u8) ? EventKind.BillingIssue
            : type.SequenceEqual("SUBSCRIPTION_PAUSED"u8) ? EventKind.SubscriptionPaused
            : type.SequenceEqual("PRODUCT_CHANGE"u8) ? EventKind.PlanChanged
            : EventKind.Custom;
    }

    private void Write(EventKind kind, ReadOnlySpan<byte> type, EventTime time, in PickedValues values, CanonicalRecords output)
    {
        output.BeginEvent(kind);
        output.Time("time"u8, time);
        output.Text("id"u8, values.Text((int)Field.Id));
        output.Text("source"u8, _source);
        output.Text("country"u8, values.Text((int)Field.Country));
        ReadOnlySpan<byte> viewer = values.Text((int)Field.OriginalUser);
        viewer = viewer.IsEmpty ? values.Text((int)Field.User) : viewer;
        output.Text("viewer"u8, viewer.IsEmpty ? values.Text((int)Field.TransferredTo) : viewer);
        if (kind == EventKind.Custom)
        {
            WriteName(type, output);
        }
        else
        {
            WriteSubscription(kind, values, output);
        }

        output.EndEvent();
        output.EndRecord();
    }

    private void WriteName(ReadOnlySpan<byte> type, CanonicalRecords output)
    {
        Span<byte> name = _arena.Rent(Math.Min(type.Length, RecordLimits.Dimension));
        bool isAscii = Ascii.ToLower(type[..name.Length], name, out _) == System.Buffers.OperationStatus.Done;
        output.Text("name"u8, isAscii ? name : "unknown"u8);
    }

    private static void WriteSubscription(EventKind kind, in PickedValues values, CanonicalRecords output)
    {
        ReadOnlySpan<byte> changedTo = kind == EventKind.PlanChanged ? values.Text((int)Field.NewProduct) : default;
        output.Text("plan"u8, changedTo.IsEmpty ? values.Text((int)Field.Product) : changedTo);
        bool isOwn = values.TryNumber((int)Field.OwnPrice, out double amount);
        if (isOwn || values.TryNumber((int)Field.Price, out amount))
        {
            output.Number("amount"u8, kind == EventKind.Refunded ? Math.Abs(amount) : amount);
            output.Text("currency"u8, isOwn ? values.Text((int)Field.Currency) : "USD"u8);
        }

        if (InstantText.TryParse(values.Text((int)Field.Expiration), out EventTime end))
        {
            output.Time("periodEnd"u8, end);
        }
    }
}
