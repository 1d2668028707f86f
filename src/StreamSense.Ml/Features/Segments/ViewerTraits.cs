using StreamSense.Core.Events;

namespace StreamSense.Ml.Features.Segments;

/// <summary>Simple facts of one viewer that segments are made of.</summary>
/// <remarks>Unmanaged: a row of a <see cref="ViewerBook"/>. Symbols belong to the vocabulary of the book.</remarks>
public struct ViewerTraits
{
    /// <summary>The latest plan, a symbol of <see cref="Vocabulary.Terms"/>; none if unknown, or if it has ended.</summary>
    public Symbol Plan;

    /// <summary>The latest country, a symbol of <see cref="Vocabulary.Countries"/>; none if unknown.</summary>
    public Symbol Country;

    /// <summary>The latest kind of device, a symbol of <see cref="Vocabulary.DeviceKinds"/>; none if unknown.</summary>
    public Symbol DeviceKind;

    /// <summary>Whether the profile is a child's.</summary>
    public bool Kids;

    /// <summary>The time of the event that told the plan, or its end; default if none did.</summary>
    public EventTime PlanTold;

    /// <summary>Since when the viewer is a member; default if unknown.</summary>
    public EventTime Since;

    /// <summary>The first time that anything of the viewer was seen.</summary>
    public EventTime FirstSeen;

    /// <summary>When the viewer last started a play; default if never.</summary>
    public EventTime LastPlay;

    /// <summary>How many plays the viewer started.</summary>
    public long Plays;

    /// <summary>Watch time of all ended views, in microseconds.</summary>
    public long WatchMicroseconds;

    /// <summary>How many payments there were: trials converted, subscriptions started and renewed.</summary>
    public long Payments;

    /// <summary>What was paid, refunds taken off, in millionths of whatever currency.</summary>
    public long AmountMillionths;
}
