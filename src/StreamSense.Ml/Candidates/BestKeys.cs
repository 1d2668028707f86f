namespace StreamSense.Ml.Candidates;

/// <summary>Scores with places as 64-bit keys, of which the least is the best: the higher the score, then the lower the place.</summary>
internal static class BestKeys
{
    private const int MaxPartitions = 64;

    /// <summary>The key of a score at a place.</summary>
    /// <param name="score">The score; not NaN.</param>
    /// <param name="place">The place.</param>
    public static ulong Of(float score, int place) => ((ulong)Descending(score) << 32) | (uint)place;

    /// <summary>The place of a key.</summary>
    /// <param name="key">The key.</param>
    public static int PlaceOf(ulong key) => (int)(uint)key;

    /// <summary>The score of a key.</summary>
    /// <param name="key">The key.</param>
    public static float ScoreOf(ulong key)
    {
        uint bits = (uint)(key >> 32);
        return BitConverter.UInt32BitsToSingle((bits & 0x8000_0000) != 0 ? bits : ~bits & 0x7fff_ffff);
    }

    /// <summary>Brings the best keys to the front, in no order.</summary>
    /// <remarks>Quickselect (Hoare, "Algorithm 65: Find", 1961); an order that it is bad at is sorted, so that the time has a
    /// bound.</remarks>
    /// <param name="keys">The keys; distinct.</param>
    /// <param name="wanted">How many are wanted, from 1 to all.</param>
    public static void PartOff(Span<ulong> keys, int wanted)
    {
        int low = 0;
        int high = keys.Length - 1;
        for (int partitions = 0; low < high; partitions++)
        {
            if (partitions == MaxPartitions)
            {
                keys[low..(high + 1)].Sort();
                return;
            }

            int pivot = Partition(keys, low, high);
            if (pivot == wanted - 1)
            {
                return;
            }

            (low, high) = pivot < wanted - 1 ? (pivot + 1, high) : (low, pivot - 1);
        }
    }

    // Of a positive score the other bits are turned around, so that the greatest comes first; adding zero makes one of the two zeros.
    private static uint Descending(float score)
    {
        uint bits = BitConverter.SingleToUInt32Bits(score + 0f);
        return (bits & 0x8000_0000) != 0 ? bits : ~bits & 0x7fff_ffff;
    }

    // Lomuto's partition around the median of three.
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
}
