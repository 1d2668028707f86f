using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace StreamSense.Core.Events;

/// <summary>The bounded table of interned contexts.</summary>
/// <remarks>
/// Any thread may read and add; reading takes no lock, and neither does finding a known context or that there is no room; nothing is
/// allocated. When the table is full a new context loses its finest dimensions (network, app, variants, then country and device kind),
/// never its source, consent or version; each such event is counted. A dimension that is lost becomes <see cref="Symbol.Other"/> if it
/// was given, and stays <see cref="Symbol.None"/> if it was not.
/// </remarks>
public sealed class ContextTable
{
    private static readonly ulong[] Keys = MakeKeys();

    private readonly Lock _writerLock = new();
    private readonly EventContext[] _contexts;
    private readonly uint[] _slots;
    private readonly int _reserved;
    private long _overflowed;
    private int _count = 1;

    /// <summary>Creates a table.</summary>
    /// <param name="capacity">How many contexts it may hold.</param>
    public ContextTable(int capacity = 65_536)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 64);
        Capacity = capacity;

        // The last quarter is kept for contexts that have lost their finest dimensions.
        _reserved = capacity / 4;
        _contexts = new EventContext[capacity];
        _slots = new uint[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)capacity * 2)];
    }

    /// <summary>How many contexts the table may hold.</summary>
    public int Capacity { get; }

    /// <summary>How many contexts the table holds, the empty one included.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>How many events found no room for their context, or for what it made of their view's, which lost dimensions.</summary>
    public long Overflowed => Interlocked.Read(ref _overflowed);

    /// <summary>The context of an id.</summary>
    /// <param name="id">An id of this table.</param>
    public ref readonly EventContext this[ContextId id] => ref _contexts[id.Value];

    /// <summary>The id of a context, added if there is room.</summary>
    /// <param name="context">The context.</param>
    public ContextId Intern(in EventContext context)
    {
        if (context == default)
        {
            return default;
        }

        if (TryIntern(context, _contexts.Length - _reserved, out ContextId id))
        {
            return id;
        }

        Interlocked.Increment(ref _overflowed);
        EventContext coarse = context with
        {
            Asn = Lost(context.Asn), Isp = Lost(context.Isp), App = Lost(context.App), Variants = Symbol.None,
        };
        if (TryIntern(coarse, _contexts.Length - (_reserved / 2), out id))
        {
            return id;
        }

        coarse = coarse with { Country = Lost(context.Country), DeviceKind = Lost(context.DeviceKind) };
        if (TryIntern(coarse, _contexts.Length - (_reserved / 4), out id))
        {
            return id;
        }

        coarse = new EventContext { Source = context.Source, Consent = context.Consent, Version = context.Version };
        return TryIntern(coarse, _contexts.Length, out id) ? id : default;
    }

    /// <summary>The dimensions in force in a view after another of its events: what the event leaves out is as it was.</summary>
    /// <param name="before">What was in force.</param>
    /// <param name="said">The event's own context.</param>
    /// <returns>
    /// A context of this table, the same one whenever it is asked for. Most often it is one of the two, which costs no look-up; where
    /// there is no room for another it has lost dimensions.
    /// </returns>
    internal ContextId InForce(ContextId before, ContextId said)
    {
        if (said == default || said == before)
        {
            return before;
        }

        ref readonly EventContext earlier = ref this[before];
        EventContext merged = this[said].Over(earlier);
        if (merged == this[said])
        {
            return said;
        }

        if (merged == earlier)
        {
            return before;
        }

        ContextId id = Intern(merged);
        return id == default ? said : id;
    }

    private static Symbol Lost(Symbol given) => given.IsNone ? Symbol.None : Symbol.Other;

    private bool TryIntern(in EventContext context, int limit, out ContextId id)
    {
        // Before the search, so that what was added during it is not missed.
        bool isFull = Count >= limit;
        int hash = Hash(context);
        if (TryFind(hash, context, out id))
        {
            return true;
        }

        if (isFull)
        {
            return false;
        }

        lock (_writerLock)
        {
            if (TryFind(hash, context, out id))
            {
                return true;
            }

            if (_count >= limit)
            {
                return false;
            }

            id = new ContextId((uint)_count);
            _contexts[_count] = context;
            int mask = _slots.Length - 1;
            int slot = hash & mask;
            while (_slots[slot] != 0)
            {
                slot = (slot + 1) & mask;
            }

            Volatile.Write(ref _slots[slot], id.Value);
            Volatile.Write(ref _count, _count + 1);
            return true;
        }
    }

    private bool TryFind(int hash, in EventContext context, out ContextId id)
    {
        int mask = _slots.Length - 1;
        for (int i = hash & mask; ; i = (i + 1) & mask)
        {
            uint value = Volatile.Read(ref _slots[i]);
            id = new ContextId(value);
            if (value == 0)
            {
                return false;
            }

            if (_contexts[value] == context)
            {
                return true;
            }
        }
    }

    // Under two random keys: clients that choose dimension values cannot flood one slot.
    private static int Hash(in EventContext context)
    {
        Vector128<ulong> bits = context.Bits;
        ulong high = Math.BigMul(bits[0] ^ Keys[0], bits[1] ^ Keys[1], out ulong low);
        return (int)(high ^ low);
    }

    private static ulong[] MakeKeys()
    {
        var keys = new ulong[2];
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(keys.AsSpan()));
        return keys;
    }
}
