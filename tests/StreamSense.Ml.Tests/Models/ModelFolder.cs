namespace StreamSense.Ml.Tests.Models;

/// <summary>A temporary folder for model files.</summary>
public sealed class ModelFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("streamsense-models-");

    public string Root => _folder.FullName;

    public string PathOf(params string[] names) => Path.Combine([_folder.FullName, .. names]);

    public void Dispose() => _folder.Delete(recursive: true);
}
