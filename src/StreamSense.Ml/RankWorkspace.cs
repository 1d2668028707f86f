using StreamSense.Core.Buffering;
using StreamSense.Core.Events;
using StreamSense.Ml.Features;

namespace StreamSense.Ml;

/// <summary>The memory and the receiver of one request at a time.</summary>
internal sealed class RankWorkspace(int maxCandidates, int scratchBytes, IEventReceiver? receiver)
{
    public TitleId[] Titles { get; } = new TitleId[maxCandidates];

    public float[] Features { get; } = new float[maxCandidates * FeatureVector.Layout.Count];

    public float[] Scores { get; } = new float[maxCandidates];

    public byte[] Scratch { get; } = new byte[scratchBytes];

    public IEventReceiver? Receiver { get; } = receiver;
}
