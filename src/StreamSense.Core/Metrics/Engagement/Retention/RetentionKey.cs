using StreamSense.Core.Events;

namespace StreamSense.Core.Metrics.Engagement.Retention;

/// <summary>A title in one of its cuts.</summary>
internal readonly record struct RetentionKey(TitleId Title, Symbol Edit)
{
    public override int GetHashCode() => SeededKeyComparer.Instance.GetHashCode(Title.Value + Edit.Value);
}
