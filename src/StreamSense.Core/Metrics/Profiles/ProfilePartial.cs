namespace StreamSense.Core.Metrics.Profiles;

/// <summary>The sums of a shard for the profiles, or of several merged.</summary>
internal sealed class ProfilePartial
{
    private ProfileSums _sums;

    public ProfilePartial()
    {
    }

    public ProfilePartial(in ProfileSums sums) => _sums = sums;

    public ref readonly ProfileSums Sums => ref _sums;

    /// <summary>Adds other sums; associative and commutative, with an empty partial as identity.</summary>
    public void Merge(ProfilePartial other) => _sums.Add(other._sums);
}
