using StreamSense.Core.Events;

namespace StreamSense.Ml.Ranking;

/// <summary>What a ranker knows of a request, besides the candidates.</summary>
/// <remarks>On the stack; not to be kept.</remarks>
public readonly ref struct RankContext
{
    /// <summary>The ranking request.</summary>
    public RequestId Request { get; init; }

    /// <summary>The event time of the request; never the time of a clock.</summary>
    public EventTime Time { get; init; }

    /// <summary>The viewer, or none.</summary>
    public ViewerId Viewer { get; init; }

    /// <summary>The household, or none.</summary>
    public HouseholdId Household { get; init; }

    /// <summary>The device, or none.</summary>
    public DeviceId Device { get; init; }

    /// <summary>What the viewer's data may be used for; features outside it are missing already.</summary>
    public ConsentPurposes Consent { get; init; }

    /// <summary>Country, kind of device and what else the request tells.</summary>
    public EventContext Dimensions { get; init; }

    /// <summary>The name of the surface, a symbol of <see cref="Vocabulary.Surfaces"/>; none outside of one.</summary>
    public Symbol Surface { get; init; }

    /// <summary>How many titles will be shown; 0 if that is not known.</summary>
    public int Slots { get; init; }

    /// <summary>Numbers that belong to the request as a whole; empty unless the host gives some.</summary>
    public ReadOnlySpan<float> Shared { get; init; }

    /// <summary>Begins the lots of this request.</summary>
    /// <param name="purpose">What they are drawn for; another purpose draws other lots.</param>
    public RequestRandom CreateRandom(ulong purpose) => new(Request, purpose);
}
