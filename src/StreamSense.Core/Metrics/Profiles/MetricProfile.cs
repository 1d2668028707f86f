using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace StreamSense.Core.Metrics.Profiles;

/// <summary>A standard's, a player's or a product's way to define quality, as formulas over the same sums.</summary>
/// <remarks>
/// Immutable. A profile says what the definition counts, not how a product samples: thresholds of the sessions
/// (<see cref="Sessions.SessionOptions"/>) stay the host's own, so that profiles differ by definition and by nothing else.
/// </remarks>
public sealed class MetricProfile
{
    /// <summary>Creates a profile.</summary>
    /// <param name="name">Its name, as it is asked for.</param>
    /// <param name="document">What defines it.</param>
    /// <param name="formulas">Its metrics; a concept should stand once.</param>
    public MetricProfile(string name, string document, ImmutableArray<ProfileFormula> formulas)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(document);
        Name = name;
        Document = document;
        Formulas = formulas.IsDefault ? [] : formulas;
    }

    /// <summary>The definitions of this SDK.</summary>
    public static MetricProfile StreamSense { get; } = ProfileDefinitions.StreamSense();

    /// <summary>CTA-2066, Streaming Quality of Experience Events, Properties and Metrics (draft of 2019).</summary>
    public static MetricProfile Cta2066 { get; } = ProfileDefinitions.Cta2066();

    /// <summary>Mux Data, by its public pages and its player code.</summary>
    public static MetricProfile Mux { get; } = ProfileDefinitions.Mux();

    /// <summary>ExoPlayer's (media3) <c>PlaybackStats</c>.</summary>
    public static MetricProfile ExoPlayer { get; } = ProfileDefinitions.ExoPlayer();

    /// <summary>Conviva, as far as its definitions are published.</summary>
    public static MetricProfile Conviva { get; } = ProfileDefinitions.Conviva();

    /// <summary>The profiles that come with the SDK.</summary>
    public static ImmutableArray<MetricProfile> All { get; } = [StreamSense, Cta2066, Mux, ExoPlayer, Conviva];

    /// <summary>The name, as it is asked for.</summary>
    public string Name { get; }

    /// <summary>What defines it.</summary>
    public string Document { get; }

    /// <summary>Its metrics, in the order of a report.</summary>
    public ImmutableArray<ProfileFormula> Formulas { get; }

    /// <summary>Finds a profile that comes with the SDK by its name, in any case.</summary>
    /// <param name="name">The name.</param>
    /// <param name="profile">The profile.</param>
    /// <returns>Whether there is one.</returns>
    public static bool TryGet(string? name, [NotNullWhen(true)] out MetricProfile? profile)
    {
        foreach (MetricProfile candidate in All)
        {
            if (string.Equals(candidate.Name, name, StringComparison.OrdinalIgnoreCase))
            {
                profile = candidate;
                return true;
            }
        }

        profile = null;
        return false;
    }

    /// <summary>The metric of a concept.</summary>
    /// <param name="concept">The concept.</param>
    /// <returns>The metric; null if the profile has none.</returns>
    public ProfileFormula? Find(MetricConcept concept)
    {
        foreach (ProfileFormula formula in Formulas)
        {
            if (formula.Concept == concept)
            {
                return formula;
            }
        }

        return null;
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
