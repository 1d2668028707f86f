namespace StreamSense.Ml.Models.Registry;

/// <summary>How much a <see cref="ModelRegistry"/> keeps, and how long it waits.</summary>
/// <remarks>Disk: of each name at most <see cref="KeepVersions"/> + 2 files of <see cref="MaxModelBytes"/>.</remarks>
public sealed class ModelRegistryOptions
{
    private const int MostHistory = 1000;

    /// <summary>How many versions of a name are kept; older ones are deleted when one is added.</summary>
    /// <value>10. The promoted version and the one before it are never deleted.</value>
    public int KeepVersions { get; init; } = 10;

    /// <summary>How many promotions and rollbacks of a name are remembered.</summary>
    /// <value>32.</value>
    public int KeepHistory { get; init; } = 32;

    /// <summary>How long a model file may be, in bytes.</summary>
    /// <value>4 GiB.</value>
    public long MaxModelBytes { get; init; } = ModelFile.DefaultMaxBytes;

    /// <summary>How long a writer waits for another one, of any process, to finish.</summary>
    /// <value>10 seconds.</value>
    public TimeSpan WriterWait { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Checks the options.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is out of its range.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(KeepVersions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(KeepHistory, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(KeepHistory, MostHistory);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxModelBytes, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(WriterWait, TimeSpan.Zero);
    }
}
