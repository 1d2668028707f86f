namespace StreamSense.Sinks.Files;

/// <summary>The file operations that the sink needs, in one directory; so narrow that a test can fail or end each of them.</summary>
internal interface IFileVolume
{
    /// <summary>The names of the files there are.</summary>
    IReadOnlyList<string> List();

    /// <summary>Creates a file that must not exist, for reading and writing.</summary>
    IVolumeFile Create(string name);

    /// <summary>Opens a file that exists.</summary>
    IVolumeFile Open(string name, bool forWriting);

    /// <summary>Deletes a file, if it exists.</summary>
    void Delete(string name);

    /// <summary>Makes creations and deletions outlast a loss of power.</summary>
    void SyncDirectory();
}
