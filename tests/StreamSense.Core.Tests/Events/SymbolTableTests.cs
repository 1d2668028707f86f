using StreamSense.Core.Events;

namespace StreamSense.Core.Tests.Events;

public sealed class SymbolTableTests
{
    [Fact]
    public void Intern_AValue_CanBeReadBackAndIsTheSameAgain()
    {
        var table = new SymbolTable();
        Symbol symbol = table.Intern("akamai"u8);
        Assert.Equal(symbol, table.Intern("akamai"));
        Assert.NotEqual(symbol, table.Intern("Akamai"u8));
        Assert.Equal("akamai", table.NameOf(symbol));
        Assert.Equal("akamai"u8.ToArray(), table.Utf8NameOf(symbol).ToArray());
    }

    [Fact]
    public void Intern_Nothing_IsNone()
    {
        var table = new SymbolTable();
        Assert.True(table.Intern(default(ReadOnlySpan<byte>)).IsNone);
        Assert.True(table.Intern((string?)null).IsNone);
        Assert.Null(table.NameOf(Symbol.None));
    }

    [Fact]
    public void Intern_FullTable_GivesOtherAndCounts()
    {
        var table = new SymbolTable(capacity: 10);
        List<Symbol> known = [.. Enumerable.Range(0, 10).Select(i => table.Intern($"v{i}"))];
        Assert.Equal(Symbol.Other, table.Intern("one more"));
        Assert.Equal("other", table.NameOf(Symbol.Other));
        Assert.Equal(1, table.Overflowed);
        Assert.Equal(known, Enumerable.Range(0, 10).Select(i => table.Intern($"v{i}")));
    }

    [Fact]
    public void Intern_FromManyThreads_GivesEachValueOneSymbol()
    {
        var table = new SymbolTable();
        var found = new Symbol[4][];
        Parallel.For(0, 4, thread => found[thread] = [.. Enumerable.Range(0, 2000).Select(i => table.Intern($"value-{i}"))]);
        Assert.All(found, symbols => Assert.Equal(found[0], symbols));
        Assert.Equal(2000, table.Count);
        Assert.Equal(2000, found[0].Distinct().Count());
    }
}
