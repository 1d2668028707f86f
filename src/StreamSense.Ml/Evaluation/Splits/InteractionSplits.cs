using System.Collections.Immutable;
using System.Globalization;
using StreamSense.Core.Events;
using StreamSense.Ml.Training;
using StreamSense.Ml.Training.Interactions;

namespace StreamSense.Ml.Evaluation.Splits;

/// <summary>Ways to keep interactions back for judging.</summary>
/// <remarks>
/// Deterministic. Where order matters it is by time, then item, then place in the list. Splits by time say how good a model would have
/// been; random ones leak the future and may more than double the figures: publish the former. Thread-safe.
/// </remarks>
public static class InteractionSplits
{
    /// <summary>Everything from an instant on is for judging.</summary>
    /// <param name="interactions">The interactions.</param>
    /// <param name="from">The instant.</param>
    public static InteractionSplit At(IReadOnlyList<Interaction> interactions, EventTime from) =>
        Split(interactions, i => interactions[i].Time >= from);

    /// <summary>The latest share of all is for judging: one cut for everybody.</summary>
    /// <param name="interactions">The interactions.</param>
    /// <param name="share">The share, 0 to 1; of n interactions floor(share × n).</param>
    public static InteractionSplit LastShare(IReadOnlyList<Interaction> interactions, double share)
    {
        CheckShare(share);
        int[] order = InOrder(interactions, Enumerable.Range(0, Count(interactions)));
        return ByFlags(interactions, order.AsSpan(order.Length - (int)(share * order.Length)));
    }

    /// <summary>The latest share of each user is for judging.</summary>
    /// <param name="interactions">The interactions.</param>
    /// <param name="share">The share, 0 to 1; of n interactions of a user floor(share × n).</param>
    public static InteractionSplit LastShareOfUser(IReadOnlyList<Interaction> interactions, double share)
    {
        CheckShare(share);
        return LastOfUser(interactions, count => (int)(share * count));
    }

    /// <summary>The latest few of each user are for judging; at least one stays to learn from.</summary>
    /// <param name="interactions">The interactions.</param>
    /// <param name="count">How many of each user.</param>
    public static InteractionSplit LeaveLast(IReadOnlyList<Interaction> interactions, int count = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return LastOfUser(interactions, has => Math.Min(count, has - 1));
    }

    /// <summary>Each interaction is for judging with a probability, by a hash of its user and item.</summary>
    /// <param name="interactions">The interactions.</param>
    /// <param name="share">The probability, 0 to 1.</param>
    /// <param name="seed">The seed of <see cref="SplitHash"/>.</param>
    /// <param name="name">What is hashed of an interaction; null for the numbers of user and item, with a colon between them.</param>
    public static InteractionSplit ByHash(
        IReadOnlyList<Interaction> interactions, double share, string seed, Func<Interaction, string>? name = null)
    {
        CheckShare(share);
        ArgumentNullException.ThrowIfNull(seed);
        name ??= static interaction => string.Create(CultureInfo.InvariantCulture, $"{interaction.User}:{interaction.Item}");
        return Split(interactions, i => SplitHash.Of(seed, name(interactions[i])) < share);
    }

    /// <summary>A random share of the users of each item is for judging: no item of many interactions is without either.</summary>
    /// <param name="interactions">The interactions.</param>
    /// <param name="share">The share, 0 to 1; of n interactions of an item share × n, rounded, a half to the even.</param>
    /// <param name="seed">What the draws follow from.</param>
    public static InteractionSplit ByItem(IReadOnlyList<Interaction> interactions, double share, int seed)
    {
        CheckShare(share);
        int[] order = Shuffled(Count(interactions), seed);
        var held = new List<int>();
        foreach (IGrouping<int, int> item in order.GroupBy(i => interactions[i].Item))
        {
            int[] of = [.. item];
            held.AddRange(of.Take((int)Math.Round(share * of.Length)));
        }

        return ByFlags(interactions, [.. held]);
    }

    /// <summary>Random parts of equal size, each of them for judging once.</summary>
    /// <param name="interactions">The interactions.</param>
    /// <param name="folds">How many parts.</param>
    /// <param name="seed">What the draws follow from.</param>
    public static ImmutableArray<InteractionSplit> Folds(IReadOnlyList<Interaction> interactions, int folds, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(folds, 2);
        int[] order = Shuffled(Count(interactions), seed);
        ImmutableArray<InteractionSplit>.Builder splits = ImmutableArray.CreateBuilder<InteractionSplit>(folds);
        for (int fold = 0; fold < folds; fold++)
        {
            int start = (int)((long)fold * order.Length / folds);
            int end = (int)((fold + 1L) * order.Length / folds);
            splits.Add(ByFlags(interactions, order.AsSpan(start..end)));
        }

        return splits.MoveToImmutable();
    }

    private static InteractionSplit LastOfUser(IReadOnlyList<Interaction> interactions, Func<int, int> countOf)
    {
        var held = new List<int>();
        foreach (IGrouping<int, int> user in Enumerable.Range(0, Count(interactions)).GroupBy(i => interactions[i].User))
        {
            int[] order = InOrder(interactions, user);
            held.AddRange(order.Skip(order.Length - countOf(order.Length)));
        }

        return ByFlags(interactions, [.. held]);
    }

    private static int Count(IReadOnlyList<Interaction> interactions)
    {
        ArgumentNullException.ThrowIfNull(interactions);
        return interactions.Count;
    }

    private static void CheckShare(double share)
    {
        if (!(share >= 0 && share <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share is 0 to 1.");
        }
    }

    private static int[] InOrder(IReadOnlyList<Interaction> interactions, IEnumerable<int> places) =>
        [.. places.OrderBy(i => interactions[i].Time).ThenBy(i => interactions[i].Item).ThenBy(i => i)];

    private static int[] Shuffled(int count, int seed)
    {
        var draws = new SplitMix(seed);
        int[] order = [.. Enumerable.Range(0, count)];
        for (int i = count - 1; i > 0; i--)
        {
            int other = draws.Below(i + 1);
            (order[i], order[other]) = (order[other], order[i]);
        }

        return order;
    }

    private static InteractionSplit ByFlags(IReadOnlyList<Interaction> interactions, ReadOnlySpan<int> held)
    {
        var isHeld = new bool[interactions.Count];
        foreach (int i in held)
        {
            isHeld[i] = true;
        }

        return Split(interactions, i => isHeld[i]);
    }

    private static InteractionSplit Split(IReadOnlyList<Interaction> interactions, Func<int, bool> isHeld)
    {
        ImmutableArray<Interaction>.Builder train = ImmutableArray.CreateBuilder<Interaction>();
        ImmutableArray<Interaction>.Builder test = ImmutableArray.CreateBuilder<Interaction>();
        for (int i = 0; i < Count(interactions); i++)
        {
            (isHeld(i) ? test : train).Add(interactions[i]);
        }

        return new InteractionSplit(train.ToImmutable(), test.ToImmutable());
    }
}
