using StreamSense.Core.Buffering;
using StreamSense.Ml.Candidates;
using StreamSense.Ml.Ranking;
using StreamSense.Ml.Ranking.Policies;

namespace StreamSense.Ml;

/// <summary>The memory and the receiver of one request at a time.</summary>
internal sealed class RankWorkspace(int maxCandidates, int features, int scratchBytes, IEventReceiver? receiver)
{
    // 64-bit numbers, so that what is laid over the bytes is aligned.
    private ulong[] _scratch = new ulong[(scratchBytes + sizeof(ulong) - 1) / sizeof(ulong)];

    /// <summary>The candidates.</summary>
    public CandidateRoom Candidates { get; } = new(maxCandidates);

    /// <summary>Their features, column after column.</summary>
    public float[] Features { get; } = new float[maxCandidates * features];

    /// <summary>Their scores.</summary>
    public float[] Scores { get; } = new float[maxCandidates];

    /// <summary>The scores of a shadow model.</summary>
    public float[] ShadowScores { get; } = new float[maxCandidates];

    /// <summary>What the policy chose.</summary>
    public SlotChoice[] Choices { get; } = new SlotChoice[maxCandidates];

    /// <summary>The order that is shown.</summary>
    public RankedCandidate[] Order { get; } = new RankedCandidate[maxCandidates];

    /// <summary>The order before the stage that is at work, to return to if it fails.</summary>
    public RankedCandidate[] FormerOrder { get; } = new RankedCandidate[maxCandidates];

    /// <summary>For the decision log: the slate as places in the batch.</summary>
    public int[] Chosen { get; } = new int[maxCandidates];

    /// <summary>For the decision log: the propensities of the slate.</summary>
    public float[] Propensities { get; } = new float[maxCandidates];

    /// <summary>The position of the store when the features were read.</summary>
    public long StorePosition { get; set; }

    /// <summary>Takes decisions, or null.</summary>
    public IEventReceiver? Receiver { get; } = receiver;

    /// <summary>Working memory of a size; it grows when a new model needs more.</summary>
    public Span<byte> ScratchOf(int bytes)
    {
        int length = (bytes + sizeof(ulong) - 1) / sizeof(ulong);
        if (_scratch.Length < length)
        {
            _scratch = new ulong[length];
        }

        return System.Runtime.InteropServices.MemoryMarshal.AsBytes(_scratch.AsSpan());
    }
}
