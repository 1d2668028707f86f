using StreamSense.Core.Events;

namespace StreamSense.Ml.Features;

/// <summary>For whom, where and as of when features are read.</summary>
/// <param name="Viewer">The viewer; none if unknown.</param>
/// <param name="Consent">What the viewer has agreed to.</param>
/// <param name="Time">The moment, which decays and windows are read at.</param>
public readonly record struct FeatureQuery(ViewerId Viewer, ConsentPurposes Consent, EventTime Time)
{
    /// <summary>The household; none if unknown.</summary>
    public HouseholdId Household { get; init; }

    /// <summary>The device; none if unknown.</summary>
    public DeviceId Device { get; init; }

    /// <summary>The view under way, for what is chosen to follow it; none if there is none.</summary>
    public ViewId View { get; init; }

    /// <summary>The visit; none if unknown.</summary>
    public VisitId Visit { get; init; }

    /// <summary>Country, kind of device and what else a request tells.</summary>
    public EventContext Dimensions { get; init; }

    /// <summary>The CDN; none if unknown.</summary>
    public Symbol Cdn { get; init; }

    /// <summary>The position to score for, or at which the title was shown; null if there is none.</summary>
    public int? Position { get; init; }

    /// <summary>The name of the surface; none if unknown.</summary>
    public Symbol Surface { get; init; }

    /// <summary>Whether what is remembered of the viewer may be read.</summary>
    public bool MayPersonalise => !Viewer.IsNone && (Consent & ConsentPurposes.Personalisation) != 0;
}
