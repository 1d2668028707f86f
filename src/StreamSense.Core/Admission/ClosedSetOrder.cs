using System.Text.Json;
using StreamSense.Core.Buffering;
using StreamSense.Core.Events;

namespace StreamSense.Core.Admission;

/// <summary>The order in which the events of a closed set apply.</summary>
/// <remarks>
/// Each (source, view) sequence is a chain, ordered by number, whose times never run backwards; an event without a number is a chain of
/// its own. The chains are merged by (time, id text, place in the input): where nothing else tells two events of one instant apart, what
/// was written first happened first. Within one instant neither id nor place of a chained event counts as smaller than its
/// predecessor's: that keeps the chain's order and makes the whole a total order, which no key has a part in.
/// </remarks>
internal static class ClosedSetOrder
{
    /// <summary>The indices of the events, in the order in which they apply.</summary>
    public static int[] Resolve(EventPages events, AnnexReader annexes, ContextTable contexts)
    {
        int[] all = new int[events.Count];
        for (int i = 0; i < all.Length; i++)
        {
            all[i] = i;
        }

        return Resolve(all, events, annexes, contexts);
    }

    /// <summary>The order of some of the events, which hold every chain whole or not at all: that which they have among all.</summary>
    public static int[] Resolve(ReadOnlySpan<int> some, EventPages events, AnnexReader annexes, ContextTable contexts)
    {
        var keys = new Key[some.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            ref StreamEvent e = ref events[some[i]];
            bool chained = !e.View.IsNone && (e.Flags & EventFlags.HasSequence) != 0;
            ulong chain = chained ? SequenceTable.KeyOf(e.View, contexts[e.Context].Source) : e.Id.Value;
            keys[i] = new Key(e.Time.UnixMicroseconds, chain, chained ? e.Sequence : 0, chained, some[i]);
        }

        MakeTimesMonotone(keys);
        Array.Sort(keys, static (a, b) => a.Time.CompareTo(b.Time));
        for (int start = 0; start < keys.Length;)
        {
            int end = start + 1;
            while (end < keys.Length && keys[end].Time == keys[start].Time)
            {
                end++;
            }

            if (end - start > 1)
            {
                OrderInstant(keys.AsSpan(start, end - start), events, annexes);
            }

            start = end;
        }

        return Array.ConvertAll(keys, key => key.Index);
    }

    private static void MakeTimesMonotone(Key[] keys)
    {
        Array.Sort(keys, static (a, b) => CompareInChain(a, b));
        for (int i = 1; i < keys.Length; i++)
        {
            ref Key key = ref keys[i];
            if (key.Chained && keys[i - 1].Chained && key.Chain == keys[i - 1].Chain && key.Time < keys[i - 1].Time)
            {
                key = key with { Time = keys[i - 1].Time };
            }
        }
    }

    private static int CompareInChain(in Key a, in Key b)
    {
        int result = a.Chain.CompareTo(b.Chain);
        result = result != 0 ? result : a.Sequence.CompareTo(b.Sequence);
        result = result != 0 ? result : a.Time.CompareTo(b.Time);
        return result != 0 ? result : a.Index.CompareTo(b.Index);
    }

    private static void OrderInstant(Span<Key> instant, EventPages events, AnnexReader annexes)
    {
        instant.Sort(static (a, b) => CompareInChain(a, b));
        var ranks = new Dictionary<int, Rank>(instant.Length);
        for (int i = 0; i < instant.Length; i++)
        {
            var rank = new Rank(IdTextOf(annexes.Read(events[instant[i].Index].Annex)), instant[i].Index);
            if (i > 0 && instant[i].Chained && instant[i - 1].Chained && instant[i].Chain == instant[i - 1].Chain)
            {
                Rank before = ranks[instant[i - 1].Index];
                rank = before.CompareTo(rank) > 0 ? before : rank;
            }

            ranks[instant[i].Index] = rank;
        }

        // Events of equal rank are of one chain: the rank is the place of one of them.
        instant.Sort((a, b) =>
        {
            int result = ranks[a.Index].CompareTo(ranks[b.Index]);
            return result != 0 ? result : CompareInChain(a, b);
        });
    }

    private static string IdTextOf(ReadOnlySpan<byte> annex)
    {
        if (annex.IsEmpty)
        {
            return string.Empty;
        }

        // The annex is a list of members; the reader needs the braces around it.
        byte[] text = new byte[annex.Length + 2];
        text[0] = (byte)'{';
        annex.CopyTo(text.AsSpan(1));
        text[^1] = (byte)'}';
        var reader = new Utf8JsonReader(text);
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == 1)
            {
                bool isId = reader.ValueTextEquals("id"u8);
                reader.Read();
                if (isId)
                {
                    return reader.GetString() ?? string.Empty;
                }

                reader.TrySkip();
            }
        }

        return string.Empty;
    }

    private readonly record struct Rank(string Id, int Place) : IComparable<Rank>
    {
        public int CompareTo(Rank other)
        {
            int result = string.CompareOrdinal(Id, other.Id);
            return result != 0 ? result : Place.CompareTo(other.Place);
        }
    }

    private readonly record struct Key(long Time, ulong Chain, uint Sequence, bool Chained, int Index);
}
