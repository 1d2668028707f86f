using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using StreamSense.Core.Events;

namespace StreamSense.Ml.Candidates.Histories;

/// <summary>Titles that somebody took an interest in, each by 4 bytes of its id: enough to ask for one, not to list them.</summary>
/// <remarks>
/// At most <see cref="Capacity"/>; of more the one noted first is forgotten. Of titles never noted about one in ten million is taken for
/// one that was, with all room in use. A copy is 3.9 KB and belongs to the caller.
/// </remarks>
public struct SeenTitles
{
    /// <summary>How many titles there is room for.</summary>
    public const int Capacity = 960;

    private ViewerId _viewer;
    private Marks _marks;
    private int _count;
    private int _next;

    /// <summary>How many titles there are.</summary>
    public readonly int Count => _count;

    /// <summary>Whose titles they are.</summary>
    internal readonly ViewerId Viewer => _viewer;

    [UnscopedRef]
    private readonly ReadOnlySpan<uint> All => ((ReadOnlySpan<uint>)_marks)[.._count];

    /// <summary>Whether a title is one of them.</summary>
    /// <param name="title">The title.</param>
    public readonly bool Contains(TitleId title) => All.Contains(MarkOf(title));

    /// <summary>Notes a title.</summary>
    /// <param name="viewer">Whose titles these are.</param>
    /// <param name="title">The title.</param>
    internal void Note(ViewerId viewer, TitleId title)
    {
        _viewer = viewer;
        if (Contains(title))
        {
            return;
        }

        _marks[_next] = MarkOf(title);
        _next = (_next + 1) % Capacity;
        _count = Math.Min(_count + 1, Capacity);
    }

    // Ids may be small numbers in tests and hashes in service: all bits count.
    private static uint MarkOf(TitleId title) => (uint)((title.Value * 0x9E3779B97F4A7C15UL) >> 32);

    [InlineArray(Capacity)]
    private struct Marks
    {
        private uint _first;
    }
}
