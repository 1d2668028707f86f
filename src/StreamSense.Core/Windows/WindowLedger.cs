namespace StreamSense.Core.Windows;

/// <summary>Which windows were told, how often, and which of them have changed since.</summary>
internal sealed class WindowLedger
{
    private readonly (long Window, int Version, bool Changed)[] _entries;

    public WindowLedger(long windows)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(windows, 1_000_000);
        _entries = new (long, int, bool)[windows];
        Array.Fill(_entries, (long.MinValue, 0, false));
    }

    /// <summary>Whether any window has changed since it was told.</summary>
    public bool AnyChanged { get; private set; }

    /// <summary>A window that is complete has taken another input.</summary>
    public void Change(long window)
    {
        EntryOf(window).Changed = true;
        AnyChanged = true;
    }

    /// <summary>Whether a window has changed; if so it counts as unchanged from now on.</summary>
    public bool TakeChanged(long window)
    {
        ref (long Window, int Version, bool Changed) entry = ref EntryOf(window);
        bool changed = entry.Changed;
        entry.Changed = false;
        return changed;
    }

    /// <summary>The version under which a window is to be told now.</summary>
    public int NextVersion(long window) => ++EntryOf(window).Version;

    /// <summary>Every change was told.</summary>
    public void ClearAnyChanged() => AnyChanged = false;

    private ref (long Window, int Version, bool Changed) EntryOf(long window)
    {
        long slot = window % _entries.Length;
        ref (long Window, int Version, bool Changed) entry = ref _entries[slot < 0 ? slot + _entries.Length : slot];
        if (entry.Window != window)
        {
            entry = (window, 0, false);
        }

        return ref entry;
    }
}
