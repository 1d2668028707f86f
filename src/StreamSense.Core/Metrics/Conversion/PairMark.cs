using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics.Conversion;

/// <summary>One thing that happened between a viewer, or a ranking request, and a title.</summary>
/// <param name="Time">When.</param>
/// <param name="Id">The event, or the view: tells two of one instant apart.</param>
/// <param name="Weight">How many it stands for, in millionths.</param>
/// <param name="Place">Where it was shown; of an impression only.</param>
/// <param name="Kind">What.</param>
internal readonly record struct PairMark(EventTime Time, ulong Id, long Weight, Place Place, PairMarkKind Kind) : IComparable<PairMark>
{
    /// <summary>Earlier first; within an instant what is shown comes before what is done.</summary>
    public int CompareTo(PairMark other)
    {
        int order = Time.CompareTo(other.Time);
        order = order != 0 ? order : (int)Kind - (int)other.Kind;
        order = order != 0 ? order : Id.CompareTo(other.Id);
        return order != 0 ? order : Weight.CompareTo(other.Weight);
    }
}
