using StreamSense.Core.Events;
using StreamSense.Ml.Features.State;

namespace StreamSense.Ml.Features.Columns;

/// <summary>Computes one feature of a block of candidates.</summary>
/// <remarks>Immutable once compiled; what it needs while it computes lies in the scratch.</remarks>
internal abstract class Column
{
    /// <summary>Which feature it is.</summary>
    public required ColumnPlace Place { get; init; }

    /// <summary>Its place in the layout.</summary>
    public int Index => Place.Index;

    /// <summary>What stands where it is missing.</summary>
    public float Default => Place.Feature.Default;

    /// <summary>The purposes without which it is missing.</summary>
    public ConsentPurposes Purposes => Place.Purposes;

    /// <summary>The table without whose key it is missing, or null.</summary>
    public TablePlan? Table => Place.Table;

    /// <summary>Whether another column is computed from it.</summary>
    public bool IsOperand { get; set; }

    /// <summary>Whether it is the same for all candidates of a query.</summary>
    public virtual bool IsConstant => Table is { IsOfCandidates: false };

    /// <summary>Makes ready for a query.</summary>
    public virtual void Prepare(FillScratch scratch)
    {
    }

    /// <summary>Computes a block; the first lane alone counts where the column is constant.</summary>
    /// <param name="scratch">What is asked, and what the rows say.</param>
    /// <param name="target">The column of the block.</param>
    public abstract void Compute(FillScratch scratch, in LaneTarget target);
}
