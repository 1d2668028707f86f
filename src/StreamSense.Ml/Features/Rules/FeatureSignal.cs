using System.Text;
using StreamSense.Core.Events;

namespace StreamSense.Ml.Features.Rules;

/// <summary>What a feature can listen to: a kind of event, or a moment of a view or session.</summary>
/// <remarks>In JSON by name: the kinds as the event schema spells them, and <c>view_requested</c>, <c>view_started</c>,
/// <c>view_progress</c>, <c>view_ended</c> and <c>session</c>.</remarks>
public readonly record struct FeatureSignal
{
    /// <summary>How many signals there can be.</summary>
    internal const int Count = 64;

    private const byte FirstOwn = 59;

    private static readonly string[] OwnNames = ["view_requested", "view_started", "view_progress", "view_ended", "session"];

    private FeatureSignal(byte value) => Value = value;

    /// <summary>A view became an attempt.</summary>
    public static FeatureSignal ViewRequested => new(FirstOwn);

    /// <summary>A view showed its first content frame: a play.</summary>
    public static FeatureSignal ViewStarted => new(FirstOwn + 1);

    /// <summary>A heartbeat of a play.</summary>
    public static FeatureSignal ViewProgress => new(FirstOwn + 2);

    /// <summary>A view ended; it tells its watch time.</summary>
    public static FeatureSignal ViewEnded => new(FirstOwn + 3);

    /// <summary>A playback session closed; it tells its stalls, startup and watched share as well. A correction takes back what it
    /// replaces.</summary>
    public static FeatureSignal Session => new(FirstOwn + 4);

    internal byte Value { get; }

    /// <summary>The events of a kind.</summary>
    /// <param name="kind">The kind.</param>
    public static implicit operator FeatureSignal(EventKind kind) => Of(kind);

    /// <summary>The events of a kind.</summary>
    /// <param name="kind">The kind.</param>
    public static FeatureSignal Of(EventKind kind) => new((byte)kind);

    /// <summary>The name in JSON.</summary>
    public override string ToString() => Value >= FirstOwn ? OwnNames[Value - FirstOwn] : EventKindNames.NameOf((EventKind)Value);

    /// <summary>The signal of a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="signal">The signal.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryParse(string name, out FeatureSignal signal)
    {
        ArgumentNullException.ThrowIfNull(name);
        int own = Array.IndexOf(OwnNames, name);
        if (own >= 0)
        {
            signal = new FeatureSignal((byte)(FirstOwn + own));
            return true;
        }

        bool found = EventKindNames.TryParse(Encoding.UTF8.GetBytes(name), out EventKind kind) && kind != EventKind.None;
        signal = new FeatureSignal(found ? (byte)kind : (byte)0);
        return found;
    }
}
