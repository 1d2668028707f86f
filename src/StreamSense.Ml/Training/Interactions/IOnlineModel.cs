using StreamSense.Core.Events;

namespace StreamSense.Ml.Training.Interactions;

/// <summary>A model that learns from each interaction as it comes, in time order, and can be asked at any moment between two of
/// them.</summary>
/// <remarks>
/// What prequential evaluation drives: ask, then tell, for one interaction after another. It remembers what it needs of each user itself.
/// Memory is fixed when it is made, by the numbers of users and items and by its options; nothing is allocated after that. For one
/// thread at
/// a time. Deterministic: the same interactions in the same order give the same bits.
/// </remarks>
public interface IOnlineModel
{
    /// <summary>The name of the kind: <c>trending</c>, <c>item-knn</c>.</summary>
    string Name { get; }

    /// <summary>How many users there may be; their numbers are below it.</summary>
    int Users { get; }

    /// <summary>How many items there may be; their numbers are below it.</summary>
    int Items { get; }

    /// <summary>Learns from an interaction.</summary>
    /// <param name="interaction">The interaction; not before the one told last. One that is earlier counts as of the latest time.</param>
    /// <exception cref="ArgumentOutOfRangeException">Its user or item is not below <see cref="Users"/> and <see cref="Items"/>.</exception>
    void Observe(in Interaction interaction);

    /// <summary>Scores every item for a user, from what was observed so far.</summary>
    /// <param name="user">The user's number; one never observed, or -1, gets the scores of somebody who is not known.</param>
    /// <param name="now">The instant of asking.</param>
    /// <param name="scores">
    /// Room for <see cref="Items"/> scores; never NaN. What the user has had is scored too: leaving it out is the caller's.
    /// </param>
    void Score(int user, EventTime now, Span<float> scores);
}
