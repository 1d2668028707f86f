using StreamSense.Core.Events;

namespace StreamSense.Ml.Features.State;

/// <summary>The hashes of the names of a symbol table: symbols are of one process, and state is not.</summary>
/// <remarks>Any thread; 8 bytes for each symbol that the table may hold.</remarks>
internal sealed class SymbolHashes(SymbolTable table)
{
    private readonly ulong[] _hashes = new ulong[ushort.MaxValue + 1];

    /// <summary>The hash of a symbol's name; 0 for none.</summary>
    public ulong Of(Symbol symbol)
    {
        ulong known = Volatile.Read(ref _hashes[symbol.Value]);
        if (known == 0 && !symbol.IsNone)
        {
            known = NameHash.Of(table.NameOf(symbol));
            Volatile.Write(ref _hashes[symbol.Value], known);
        }

        return known;
    }
}
