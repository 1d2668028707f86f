using StreamSense.Core.Events;
using StreamSense.Ml.Features.Rules;

namespace StreamSense.Ml.Features.State;

/// <summary>What happened, in the one form that features are kept from: an event, a view's fact or a session.</summary>
internal struct Occurrence
{
    /// <summary>What it is.</summary>
    public FeatureSignal Signal;

    /// <summary>When it happened.</summary>
    public EventTime Time;

    /// <summary>The title.</summary>
    public TitleId Title;

    /// <summary>The viewer.</summary>
    public ViewerId Viewer;

    /// <summary>The household.</summary>
    public HouseholdId Household;

    /// <summary>The device.</summary>
    public DeviceId Device;

    /// <summary>The view.</summary>
    public ViewId View;

    /// <summary>The visit.</summary>
    public VisitId Visit;

    /// <summary>The dimensions.</summary>
    public EventContext Context;

    /// <summary>What the data may be used for.</summary>
    public ConsentPurposes Consent;

    /// <summary>Takes back what it added.</summary>
    public bool Retracts;

    /// <summary>What the catalogue knows of the title.</summary>
    public CatalogueTitle? Info;

    /// <summary>The numbers it carries.</summary>
    public SignalNumbers Numbers;

    /// <summary>The names it carries.</summary>
    public SignalSymbols Symbols;

    /// <summary>One of its numbers.</summary>
    public double this[SignalValue number]
    {
        readonly get => Numbers[(int)number];
        set => Numbers[(int)number] = value;
    }

    /// <summary>One of its names.</summary>
    public Symbol this[SignalText text]
    {
        readonly get => Symbols[(int)text];
        set => Symbols[(int)text] = value;
    }
}
