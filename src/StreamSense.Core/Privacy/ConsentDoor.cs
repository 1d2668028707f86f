using StreamSense.Core.Events;
using StreamSense.Core.Events.Payloads;

namespace StreamSense.Core.Privacy;

/// <summary>Decides at the door what an event may be used for; the same for every format.</summary>
/// <remarks>
/// Asked in this order: the event itself, the request that brought it, the last choice of its viewer or device by the event's time, the
/// host's policy. A signal of the request (<c>Sec-GPC</c>) takes purposes away from each of them. One thread at a time.
/// </remarks>
/// <param name="policy">The host's policy.</param>
/// <param name="ledger">The choices of viewers and devices; null where none are remembered.</param>
/// <param name="pseudonymizer">Makes ids that join with nothing.</param>
internal sealed class ConsentDoor(ConsentPolicy policy, ConsentLedger? ledger, Pseudonymizer pseudonymizer)
{
    private ConsentPurposes? _ofRequest;
    private ConsentPurposes _permitted = ConsentPurposes.All;

    /// <summary>Begins a body.</summary>
    /// <param name="ofRequest">What the request grants; null if it says nothing.</param>
    /// <param name="withheld">What the request takes away.</param>
    public void Begin(ConsentPurposes? ofRequest, ConsentPurposes withheld)
    {
        _ofRequest = ofRequest;
        _permitted = ~withheld & ConsentPurposes.All;
    }

    /// <summary>The purposes of an event whose ids, time and payload are read.</summary>
    /// <param name="e">The event; a change of consent is noted.</param>
    /// <param name="stated">What the event itself grants; null if it says nothing.</param>
    public ConsentPurposes Decide(ref StreamEvent e, ConsentPurposes? stated)
    {
        if (e.Kind == EventKind.ConsentChange)
        {
            // Here the purposes are what the event says, not a condition for saying it.
            ref ConsentPurposes granted = ref e.PayloadAs<ConsentPayload>().Granted;
            granted &= _permitted;
            ledger?.Note(e);
            return granted;
        }

        if ((stated ?? _ofRequest) is { } said)
        {
            return said & _permitted;
        }

        bool hasChosen = false;
        ConsentPurposes chosen = ConsentPurposes.None;
        if (ledger is not null)
        {
            hasChosen = ledger.TryRead(e.Viewer, e.Device, e.Time, out chosen);
        }

        ConsentPurposes purposes = hasChosen ? chosen : policy.Assumed;

        // What catalogues and public networks say is nobody's data.
        bool isNobodys = e.Kind is EventKind.Title or EventKind.SocialMention;
        return (isNobodys ? purposes | ConsentPurposes.Measurement : purposes) & _permitted;
    }

    /// <summary>Whether an event with these purposes may pass.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="granted">Its purposes.</param>
    /// <param name="isAggregate">Whether it may only count: <see cref="Strip"/> it, and leave its annex out.</param>
    public bool MayPass(EventKind kind, ConsentPurposes granted, out bool isAggregate)
    {
        bool isMeasured = (granted & ConsentPurposes.Measurement) != 0 || kind == EventKind.ConsentChange;
        isAggregate = !isMeasured && policy.WithoutMeasurement == WithoutMeasurement.Aggregate && AggregateOnly.CanHold(kind);
        return isMeasured || isAggregate;
    }

    /// <summary>Takes out of an event what says whose it was.</summary>
    /// <param name="e">The event; complete, as its id may be made of its ids.</param>
    public void Strip(ref StreamEvent e) => AggregateOnly.Strip(ref e, pseudonymizer);
}
