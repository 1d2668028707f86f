using System.Security.Cryptography;
using System.Text;

namespace StreamSense.Core.Events;

/// <summary>A bounded, reversible table of the values of one dimension.</summary>
/// <remarks>
/// Any thread may read and add; reading takes no lock and allocates nothing. When the table is full, new values become
/// <see cref="Symbol.Other"/> and are counted; values already known keep their symbol.
/// </remarks>
public sealed class SymbolTable
{
    private const int ReservedSymbols = 2;

    private readonly SipHash _hash;
    private readonly Lock _writerLock = new();
    private readonly Entry?[] _bySymbol;
    private readonly Entry?[] _slots;
    private long _overflowed;
    private int _count = ReservedSymbols;

    /// <summary>Creates a table.</summary>
    /// <param name="capacity">How many values it may hold, at most 65,534.</param>
    public SymbolTable(int capacity = 4096)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, ushort.MaxValue + 1 - ReservedSymbols);
        Capacity = capacity;
        _bySymbol = new Entry?[capacity + ReservedSymbols];
        _bySymbol[Symbol.Other.Value] = new Entry(0, "other", "other"u8.ToArray(), Symbol.Other);
        _slots = new Entry?[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)capacity * 2)];
        Span<byte> key = stackalloc byte[16];
        RandomNumberGenerator.Fill(key);
        _hash = new SipHash(BitConverter.ToUInt64(key), BitConverter.ToUInt64(key[8..]));
    }

    /// <summary>How many values the table may hold.</summary>
    public int Capacity { get; }

    /// <summary>How many values the table holds.</summary>
    public int Count => Volatile.Read(ref _count) - ReservedSymbols;

    /// <summary>How often a new value found the table full.</summary>
    public long Overflowed => Interlocked.Read(ref _overflowed);

    /// <summary>The symbol of a value, added if there is room.</summary>
    /// <param name="utf8Name">The value as UTF-8; empty gives <see cref="Symbol.None"/>.</param>
    public Symbol Intern(ReadOnlySpan<byte> utf8Name)
    {
        if (utf8Name.IsEmpty)
        {
            return Symbol.None;
        }

        ulong hash = _hash.Hash(utf8Name);
        return Find(hash, utf8Name)?.Symbol ?? Add(hash, utf8Name);
    }

    /// <summary>The symbol of a value, added if there is room.</summary>
    /// <param name="name">The value; null or empty gives <see cref="Symbol.None"/>.</param>
    public Symbol Intern(string? name) => string.IsNullOrEmpty(name) ? Symbol.None : Intern(Encoding.UTF8.GetBytes(name));

    /// <summary>The value of a symbol; null for <see cref="Symbol.None"/>.</summary>
    /// <param name="symbol">A symbol of this table.</param>
    public string? NameOf(Symbol symbol) => _bySymbol[symbol.Value]?.Name;

    /// <summary>The value of a symbol as UTF-8; empty for <see cref="Symbol.None"/>.</summary>
    /// <param name="symbol">A symbol of this table.</param>
    public ReadOnlySpan<byte> Utf8NameOf(Symbol symbol)
    {
        Entry? entry = _bySymbol[symbol.Value];
        return entry is null ? default : entry.Utf8;
    }

    private Entry? Find(ulong hash, ReadOnlySpan<byte> utf8Name)
    {
        int mask = _slots.Length - 1;
        for (int i = (int)hash & mask; ; i = (i + 1) & mask)
        {
            Entry? entry = Volatile.Read(ref _slots[i]);
            if (entry is null || (entry.Hash == hash && utf8Name.SequenceEqual(entry.Utf8)))
            {
                return entry;
            }
        }
    }

    private Symbol Add(ulong hash, ReadOnlySpan<byte> utf8Name)
    {
        lock (_writerLock)
        {
            Entry? known = Find(hash, utf8Name);
            if (known is not null)
            {
                return known.Symbol;
            }

            if (_count == _bySymbol.Length)
            {
                Interlocked.Increment(ref _overflowed);
                return Symbol.Other;
            }

            var symbol = new Symbol((ushort)_count);
            var entry = new Entry(hash, Encoding.UTF8.GetString(utf8Name), utf8Name.ToArray(), symbol);
            _bySymbol[symbol.Value] = entry;
            int mask = _slots.Length - 1;
            int slot = (int)hash & mask;
            while (_slots[slot] is not null)
            {
                slot = (slot + 1) & mask;
            }

            Volatile.Write(ref _slots[slot], entry);
            Volatile.Write(ref _count, _count + 1);
            return symbol;
        }
    }

    private sealed record Entry(ulong Hash, string Name, byte[] Utf8, Symbol Symbol);
}
