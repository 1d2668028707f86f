using System.Runtime.InteropServices;
using StreamSense.Core.Events;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Ranking.Policies;

namespace StreamSense.Ml.Ranking;

/// <summary>The best candidates in order.</summary>
/// <remarks>
/// The order is total: by score, then by title id, so that the same scores give the same order whatever order the candidates came in.
/// Where few of many are wanted they are parted off first, so that the time is O(n + k·log k) but for ties.
/// </remarks>
internal static class TopSlots
{
    private const int SmallForSorting = 64;

    /// <summary>How much memory a selection needs.</summary>
    /// <param name="candidates">How many candidates there are at most.</param>
    public static int ScratchBytes(int candidates) => 2 * sizeof(ulong) * candidates;

    /// <summary>Selects the best.</summary>
    /// <param name="titles">The candidates, each once.</param>
    /// <param name="scores">Their scores; one that is not a number counts as the lowest.</param>
    /// <param name="choices">Room for the best.</param>
    /// <param name="scratch">Working memory.</param>
    /// <returns>How many were selected.</returns>
    /// <exception cref="ArgumentException">There is too little working memory.</exception>
    public static int Select(
        ReadOnlySpan<TitleId> titles, ReadOnlySpan<float> scores, Span<SlotChoice> choices, Span<byte> scratch)
    {
        int wanted = Math.Min(choices.Length, titles.Length);
        if (wanted == 0)
        {
            return 0;
        }

        if (scratch.Length < ScratchBytes(titles.Length))
        {
            throw new ArgumentException($"{titles.Length} candidates need {ScratchBytes(titles.Length)} bytes.", nameof(scratch));
        }

        Span<ulong> memory = MemoryMarshal.Cast<byte, ulong>(scratch);
        Span<ulong> keys = memory[..titles.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            keys[i] = BestKeys.Of(Finite(scores[i]), i);
        }

        int sorted = keys.Length > SmallForSorting && wanted < keys.Length / 2 ? PartOff(keys, wanted) : keys.Length;
        keys[..sorted].Sort();
        OrderTies(keys[..sorted], titles, memory.Slice(titles.Length, sorted));
        for (int i = 0; i < wanted; i++)
        {
            choices[i] = new SlotChoice(BestKeys.PlaceOf(keys[i]), 1);
        }

        return wanted;
    }

    /// <summary>The nearest finite number; the lowest for one that is none.</summary>
    /// <param name="score">A score.</param>
    public static float Finite(float score) =>
        float.IsNaN(score) ? float.MinValue : Math.Clamp(score, float.MinValue, float.MaxValue);

    // Brings the wanted best keys to the front, and behind them those that tie with the last of them by score.
    private static int PartOff(Span<ulong> keys, int wanted)
    {
        BestKeys.PartOff(keys, wanted);
        uint last = (uint)(keys[wanted - 1] >> 32);
        int count = wanted;
        for (int i = wanted; i < keys.Length; i++)
        {
            if ((uint)(keys[i] >> 32) == last)
            {
                (keys[count], keys[i]) = (keys[i], keys[count]);
                count++;
            }
        }

        return count;
    }

    private static void OrderTies(Span<ulong> keys, ReadOnlySpan<TitleId> titles, Span<ulong> ids)
    {
        for (int start = 0; start < keys.Length;)
        {
            int end = start + 1;
            while (end < keys.Length && keys[end] >> 32 == keys[start] >> 32)
            {
                end++;
            }

            if (end - start > 1)
            {
                for (int i = start; i < end; i++)
                {
                    ids[i] = titles[BestKeys.PlaceOf(keys[i])].Value;
                }

                ids[start..end].Sort(keys[start..end]);
            }

            start = end;
        }
    }
}
