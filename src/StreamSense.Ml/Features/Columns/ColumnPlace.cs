using StreamSense.Core.Events;
using StreamSense.Ml.Features.State;

namespace StreamSense.Ml.Features.Columns;

/// <summary>Which feature a column is, and where it stands.</summary>
/// <param name="Index">Its place in the layout.</param>
/// <param name="Feature">The feature.</param>
/// <param name="Table">The table without whose key it is missing, or null.</param>
internal sealed record ColumnPlace(int Index, FeatureDefinition Feature, TablePlan? Table)
{
    /// <summary>The purposes without which it is missing.</summary>
    public ConsentPurposes Purposes => Feature.NeededPurposes;
}
