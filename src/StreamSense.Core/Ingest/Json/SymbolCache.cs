using System.Runtime.InteropServices;
using StreamSense.Core.Events;

namespace StreamSense.Core.Ingest.Json;

/// <summary>Remembers the symbols of the last values of one dimension, so that most events hash none.</summary>
/// <remarks>One thread at a time. <see cref="Symbol.Other"/> is not remembered: the table counts each event that it turns away.</remarks>
internal sealed class SymbolCache(SymbolTable table)
{
    private const int Size = 64;
    private const int MaxLength = 64;

    private readonly byte[] _texts = new byte[Size * MaxLength];
    private readonly byte[] _lengths = new byte[Size];
    private readonly Symbol[] _symbols = new Symbol[Size];

    public SymbolTable Table => table;

    public Symbol Intern(ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
        {
            return Symbol.None;
        }

        if (text.Length > MaxLength)
        {
            return table.Intern(text);
        }

        int place = PlaceOf(text);
        if (_lengths[place] == text.Length && text.SequenceEqual(_texts.AsSpan(place * MaxLength, text.Length)))
        {
            return _symbols[place];
        }

        Symbol symbol = table.Intern(text);
        if (symbol != Symbol.Other)
        {
            text.CopyTo(_texts.AsSpan(place * MaxLength));
            _lengths[place] = (byte)text.Length;
            _symbols[place] = symbol;
        }

        return symbol;
    }

    private static int PlaceOf(ReadOnlySpan<byte> text)
    {
        uint head = text.Length >= sizeof(uint) ? MemoryMarshal.Read<uint>(text) : text[0];
        uint tail = text.Length >= sizeof(uint) ? MemoryMarshal.Read<uint>(text[^sizeof(uint)..]) : text[^1];
        return (int)(((head * 0x9E3779B1u) ^ (tail * 0x85EBCA6Bu) ^ ((uint)text.Length << 20)) >> 20) & (Size - 1);
    }
}
