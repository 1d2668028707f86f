using System.Numerics;
using StreamSense.Core.Buffering;

namespace StreamSense.Core.Ingest;

/// <summary>What one reader remembers of the keys used last; when it is full, the one unused longest gives way.</summary>
/// <remarks>
/// Chained hashing with the entries in one array, linked from the newest to the oldest: with links of their own, as those of
/// <see cref="RecencyList"/> would be one more line of memory a key. Keys are keyed hashes, so that nobody can choose them. One thread at
/// a time, where a <see cref="RecentTable{TRow}"/> has readers on any; allocates only while it grows.
/// </remarks>
/// <typeparam name="T">What is remembered of a key.</typeparam>
/// <param name="capacity">How many keys it holds.</param>
internal sealed class RecentKeys<T>(int capacity)
    where T : unmanaged
{
    private const int None = -1;

    private int[] _buckets = [None];
    private Entry[] _entries = [];
    private int _newest = None;
    private int _oldest = None;
    private int _count;

    /// <summary>The place of a key, which becomes the newest; valid until the next call.</summary>
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
            BecomeNewest(place);
        }
        else if (place != _newest)
        {
            Unlink(place);
            BecomeNewest(place);
        }

        return ref _entries[place].Value;
    }

    /// <summary>Forgets all keys.</summary>
    public void Clear()
    {
        Array.Fill(_buckets, None);
        _count = 0;
        _newest = None;
        _oldest = None;
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
        int place = _oldest;
        ref int link = ref _buckets[BucketOf(_entries[place].Key)];
        while (link != place)
        {
            link = ref _entries[link].Next;
        }

        link = _entries[place].Next;
        Unlink(place);
        return place;
    }

    private void BecomeNewest(int place)
    {
        _entries[place].Older = _newest;
        _entries[place].Newer = None;
        if (_newest != None)
        {
            _entries[_newest].Newer = place;
        }

        _newest = place;
        _oldest = _oldest == None ? place : _oldest;
    }

    private void Unlink(int place)
    {
        (int newer, int older) = (_entries[place].Newer, _entries[place].Older);
        if (newer == None)
        {
            _newest = older;
        }
        else
        {
            _entries[newer].Older = older;
        }

        if (older == None)
        {
            _oldest = newer;
        }
        else
        {
            _entries[older].Newer = newer;
        }
    }

    private struct Entry
    {
        public ulong Key;
        public int Next;
        public int Newer;
        public int Older;
        public T Value;
    }
}
