using StreamSense.Ml.Candidates.Histories;

namespace StreamSense.Ml.Candidates.Factors;

/// <summary>A viewer's vector, folded in from the titles that the viewer took an interest in.</summary>
/// <remarks>So a viewer whom training never saw has one at the first play. None for who does not allow personalisation.</remarks>
public sealed class HistoryVector : IViewerVector
{
    private const int MaxTitles = 64;
    private const int MaxStackBytes = 160 * 1024;

    private readonly IViewerHistory _history;
    private readonly IFoldIn _foldIn;
    private readonly TitlePlaces _places;
    private readonly float _minimumLiking;

    /// <summary>Creates a reader of vectors.</summary>
    /// <param name="history">What viewers took an interest in; the latest 64 titles are used.</param>
    /// <param name="factors">The vectors of the titles.</param>
    /// <param name="foldIn">Makes one vector of many; the mean unless given.</param>
    /// <param name="minimumLiking">The least that a title must have been liked to be used, from 0 to 1; 0.3 unless given.</param>
    /// <exception cref="ArgumentException">The way of folding in is for other dimensions, or needs more than 160 KiB.</exception>
    public HistoryVector(IViewerHistory history, ItemFactors factors, IFoldIn? foldIn = null, float minimumLiking = 0.3f)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(factors);
        _history = history;
        _foldIn = foldIn ?? new MeanFoldIn(factors);
        _places = new TitlePlaces(factors.Titles.AsSpan());
        _minimumLiking = minimumLiking;
        if (_foldIn.Dimensions != factors.Dimensions || _foldIn.ScratchBytes > MaxStackBytes)
        {
            throw new ArgumentException(
                $"Folding in has {_foldIn.Dimensions} dimensions and needs {_foldIn.ScratchBytes} bytes; "
                + $"the factors have {factors.Dimensions}, and {MaxStackBytes} bytes is the most.",
                nameof(foldIn));
        }
    }

    /// <inheritdoc/>
    public int Dimensions => _foldIn.Dimensions;

    /// <inheritdoc/>
    public bool TryRead(in CandidateRequest request, Span<float> vector)
    {
        if (!request.Features.MayPersonalise)
        {
            return false;
        }

        Span<HistoryEntry> entries = stackalloc HistoryEntry[MaxTitles];
        entries = entries[.._history.Read(request.Features.Viewer, entries)];
        Span<int> items = stackalloc int[MaxTitles];
        Span<float> weights = stackalloc float[MaxTitles];
        int count = 0;
        foreach (ref readonly HistoryEntry entry in entries)
        {
            int place = _places.Of(entry.Title);
            if (place >= 0 && entry.Weight >= _minimumLiking && entry.Weight > 0)
            {
                items[count] = place;
                weights[count++] = entry.Weight;
            }
        }

        if (count == 0)
        {
            return false;
        }

        Span<ulong> scratch = stackalloc ulong[(_foldIn.ScratchBytes + sizeof(ulong) - 1) / sizeof(ulong)];
        _foldIn.Fold(items[..count], weights[..count], vector, System.Runtime.InteropServices.MemoryMarshal.AsBytes(scratch));
        return true;
    }
}
