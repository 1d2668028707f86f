using System.Runtime.CompilerServices;
using StreamSense.Core.Events;
using StreamSense.Core.Sessions.Titles;

namespace StreamSense.Core.Metrics.Cubes;

/// <summary>What catalogue, plans and segments said of a session when it closed.</summary>
internal struct SessionFacts
{
    public TitleId Series;
    public TitleType Type;
    public byte GenreCount;
    public Symbol Plan;
    public Symbol Segment;
    public GenreList Genres;

    /// <summary>Whether it was looked up.</summary>
    public bool IsKnown;

    [InlineArray(TitleTable.MaxGenres)]
    internal struct GenreList
    {
        private Symbol _first;
    }
}
