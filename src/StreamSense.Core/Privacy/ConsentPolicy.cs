using StreamSense.Core.Events;

namespace StreamSense.Core.Privacy;

/// <summary>What holds for events that say nothing of consent, and what becomes of those that may not be measured.</summary>
/// <remarks>A value. It is the last to be asked: what the event, the request or the viewer's last choice says comes first.</remarks>
public sealed record ConsentPolicy
{
    private ConsentPolicy(ConsentPurposes assumed, WithoutMeasurement withoutMeasurement)
    {
        Assumed = assumed;
        WithoutMeasurement = withoutMeasurement;
    }

    /// <summary>What nobody granted is not granted: the policy that fails closed.</summary>
    public static ConsentPolicy RequireExplicit { get; } = new(ConsentPurposes.None, WithoutMeasurement.Drop);

    /// <summary>The purposes of an event of which nobody has said anything.</summary>
    public ConsentPurposes Assumed { get; }

    /// <summary>What becomes of an event without the purpose of measurement.</summary>
    public WithoutMeasurement WithoutMeasurement { get; }

    /// <summary>Purposes are taken as granted until somebody says otherwise: for a host that asks before anything is sent.</summary>
    /// <param name="purposes">The purposes.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such purpose.</exception>
    public static ConsentPolicy Assume(ConsentPurposes purposes)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(purposes & ~ConsentPurposes.All, ConsentPurposes.None, nameof(purposes));
        return new ConsentPolicy(purposes, WithoutMeasurement.Drop);
    }

    /// <summary>The same policy, which counts events that may not be measured in aggregate instead of refusing them.</summary>
    public ConsentPolicy AggregatingTheRest() => new(Assumed, WithoutMeasurement.Aggregate);
}
