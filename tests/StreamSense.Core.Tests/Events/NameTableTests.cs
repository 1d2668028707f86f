using System.Text;
using StreamSense.Contracts;
using StreamSense.Core.Events;

namespace StreamSense.Core.Tests.Events;

public sealed class NameTableTests
{
    [Fact]
    public void Note_ATitle_CanBeReadBack()
    {
        var table = new NameTable();
        TitleId id = table.Note("film-42"u8);
        Assert.Equal("film-42", table.NameOf(id));
        Assert.Equal("film-42"u8.ToArray(), table.Utf8NameOf(id).ToArray());
        Assert.Equal(NameTable.IdOf("film-42"), id);
        Assert.True(NameTable.IdOf("").IsNone);
    }

    [Fact]
    public void Note_AMillionDistinctTitles_StaysBoundedAndKeepsTheCatalogue()
    {
        const int Capacity = 1000;
        var table = new NameTable(Capacity);
        var catalogue = Enumerable.Range(0, 100).Select(i => table.Note(Encoding.UTF8.GetBytes($"catalogue-{i}"), pin: true)).ToList();
        byte[] name = new byte[16];
        for (int i = 0; i < 1_000_000; i++)
        {
            i.TryFormat(name, out int length);
            table.Note(name.AsSpan(0, length));
        }

        Assert.Equal(Capacity, table.Count);
        Assert.Equal(1_000_000 - (Capacity - 100), table.Evicted);
        Assert.All(catalogue, id => Assert.NotNull(table.NameOf(id)));
        Assert.Equal("999999", table.NameOf(NameTable.IdOf("999999")));
        Assert.Null(table.NameOf(NameTable.IdOf("0")));
    }

    [Fact]
    public void Note_PinnedAfterItWasSeen_Stays()
    {
        var table = new NameTable(2);
        TitleId id = table.Note("a"u8);
        table.Note("a"u8, pin: true);
        table.Note("b"u8);
        table.Note("c"u8);
        table.Note("d"u8);
        Assert.Equal("a", table.NameOf(id));
    }

    [Fact]
    public void Note_TableFullOfPinnedTitles_RefusesAndCounts()
    {
        var table = new NameTable(1);
        table.Note("a"u8, pin: true);
        TitleId second = table.Note("b"u8);
        Assert.Null(table.NameOf(second));
        Assert.Equal(1, table.Refused);
    }

    [Fact]
    public void Note_KnownTitle_AllocatesNothing()
    {
        var table = new NameTable();

        Assert.Equal(0, Allocations.Least(() =>
        {
            for (int i = 0; i < 10_000; i++)
            {
                table.Note("film-42"u8);
            }
        }));
    }
}
