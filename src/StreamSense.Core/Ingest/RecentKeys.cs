using System.Numerics;
using StreamSense.Core.Buffering;

namespace StreamSense.Core.Ingest;

/// <summary>What is remembered of the keys used last, by one reader of one input; the key unused longest gives way.</summary>
/// <remarks>
/// Chained hashing with the entries in one array. Keys are keyed hashes, so that nobody can choose them. One thread at a time; allocates
/// only while it grows. Where other threads read, it is a <see cref="RecentTable{TRow}"/>.
/// </remarks>
/// <typeparam name="T">What is remembered of a key.</typeparam>
/// <param name="capacity">How many keys it holds.</param>
internal sealed class RecentKeys<T>(int capacity)
    where T : unmanaged
{
    private const int None = -1;

    private readonly RecencyList _recency = new();
    private int[] _buckets = [None];
    private Entry[] _entries = [];
    private int _count;

    /// <summary>The place of a key, which becomes the latest used; valid until the next call.</summary>
    /// <param name="key">The key.</param>
    /// <param name="isNew">Whether it was not held; its value is then the default.</param>
    public ref T Touch(ulong key, out bool isNew)
    {
        int place = _buckets[BucketOf(key)];
        while (place != None && _entries[place].Key != key)
        {
            place = _entries[place].Next;
        }

        isNew = place == None;
        if (isNew)
        {
            place = _count < capacity ? Append() : DropOldest();
            ref int bucket = ref _buckets[BucketOf(key)];
            _entries[place] = new Entry { Key = key, Next = bucket };
            bucket = place;
            _recency.Add(place);
        }
        else
        {
            _recency.Touch(place);
        }

        return ref _entries[place].Value;
    }

    /// <summary>Forgets all keys.</summary>
    public void Clear()
    {
        Array.Fill(_buckets, None);
        _recency.Clear();
        _count = 0;
    }

    private int BucketOf(ulong key) => (int)(key & (uint)(_buckets.Length - 1));

    private int Append()
    {
        if (_count == _entries.Length)
        {
            Array.Resize(ref _entries, Math.Min(capacity, Math.Max(256, _count * 2)));
            _buckets = new int[(int)BitOperations.RoundUpToPowerOf2((uint)_entries.Length)];
            Array.Fill(_buckets, None);
            for (int i = 0; i < _count; i++)
            {
                ref int bucket = ref _buckets[BucketOf(_entries[i].Key)];
                _entries[i].Next = bucket;
                bucket = i;
            }
        }

        return _count++;
    }

    private int DropOldest()
    {
        int place = _recency.Oldest;
        ref int link = ref _buckets[BucketOf(_entries[place].Key)];
        while (link != place)
        {
            link = ref _entries[link].Next;
        }

        link = _entries[place].Next;
        _recency.Remove(place);
        return place;
    }

    private struct Entry
    {
        public ulong Key;
        public int Next;
        public T Value;
    }
}
