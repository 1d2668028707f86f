using StreamSense.Core.Events;

namespace StreamSense.Ml.Features;

/// <summary>For whom and when features are read.</summary>
/// <param name="Viewer">The viewer, or none.</param>
/// <param name="Consent">What the viewer's data may be used for; without personalisation the viewer's features are missing.</param>
/// <param name="Time">The event time of the request; no clock is read.</param>
public readonly record struct FeatureQuery(ViewerId Viewer, ConsentPurposes Consent, EventTime Time)
{
    /// <summary>Whether what is remembered of the viewer may be used.</summary>
    public bool MayPersonalise => !Viewer.IsNone && (Consent & ConsentPurposes.Personalisation) != 0;
}
