using System.Runtime.InteropServices;
using StreamSense.Core.Events;
using StreamSense.Ml.Ranking.Policies;

namespace StreamSense.Ml.Ranking;

/// <summary>The best candidates in order.</summary>
/// <remarks>
/// The order is total: by score, then by title id, so that the same scores give the same order whatever order the candidates came in.
/// A score becomes a number that sorts as the score does, with the candidate's place behind it: one 64-bit key. Where few of many are
/// wanted they are parted off first (quickselect: Hoare, "Algorithm 65: Find", 1961), so that the time is O(n + k·log k).
/// </remarks>
internal static class TopSlots
{
    private const int SmallForSorting = 64;
    private const int MaxPartitions = 64;

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
            keys[i] = ((ulong)Descending(scores[i]) << 32) | (uint)i;
        }

        int sorted = keys.Length > SmallForSorting && wanted < keys.Length / 2 ? PartOff(keys, wanted) : keys.Length;
        keys[..sorted].Sort();
        OrderTies(keys[..sorted], titles, memory.Slice(titles.Length, sorted));
        for (int i = 0; i < wanted; i++)
        {
            choices[i] = new SlotChoice((int)(uint)keys[i], 1);
        }

        return wanted;
    }

    /// <summary>The nearest finite number; the lowest for one that is none.</summary>
    /// <param name="score">A score.</param>
    public static float Finite(float score) =>
        float.IsNaN(score) ? float.MinValue : Math.Clamp(score, float.MinValue, float.MaxValue);

    // The higher the score, the lower the number. Adding zero makes one of the two zeros.
    private static uint Descending(float score)
    {
        uint bits = BitConverter.SingleToUInt32Bits(Finite(score) + 0f);
        return (bits & 0x8000_0000) != 0 ? bits : ~(bits | 0x8000_0000);
    }

    // Brings the wanted smallest keys to the front, and behind them those that tie with the last of them by score.
    private static int PartOff(Span<ulong> keys, int wanted)
    {
        int low = 0;
        int high = keys.Length - 1;
        int partitions = 0;
        while (low < high)
        {
            if (++partitions > MaxPartitions)
            {
                // An order that quickselect is bad at: sorting what is left has a bound.
                keys[low..(high + 1)].Sort();
                break;
            }

            int pivot = Partition(keys, low, high);
            if (pivot == wanted - 1)
            {
                break;
            }

            (low, high) = pivot < wanted - 1 ? (pivot + 1, high) : (low, pivot - 1);
        }

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

    // Lomuto's partition around the median of three; the keys are distinct.
    private static int Partition(Span<ulong> keys, int low, int high)
    {
        int middle = low + ((high - low) >> 1);
        int median = keys[low] < keys[middle] ^ keys[low] < keys[high] ? low
            : keys[middle] < keys[low] ^ keys[middle] < keys[high] ? middle
            : high;
        (keys[median], keys[high]) = (keys[high], keys[median]);
        ulong pivot = keys[high];
        int place = low;
        for (int i = low; i < high; i++)
        {
            ulong key = keys[i];
            keys[i] = keys[place];
            keys[place] = key;
            place += key < pivot ? 1 : 0;
        }

        (keys[place], keys[high]) = (keys[high], keys[place]);
        return place;
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
                    ids[i] = titles[(int)(uint)keys[i]].Value;
                }

                ids[start..end].Sort(keys[start..end]);
            }

            start = end;
        }
    }
}
