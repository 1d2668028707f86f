namespace StreamSense.Core.Metrics.Engagement;

/// <summary>A viewer and a title; in order by title, then viewer.</summary>
internal readonly record struct ViewerTitleKey(ulong Title, ulong Viewer) : IComparable<ViewerTitleKey>
{
    public int CompareTo(ViewerTitleKey other)
    {
        int order = Title.CompareTo(other.Title);
        return order != 0 ? order : Viewer.CompareTo(other.Viewer);
    }

    public override int GetHashCode() =>
        SeededKeyComparer.Instance.GetHashCode(Title ^ System.Numerics.BitOperations.RotateLeft(Viewer, 31));
}
