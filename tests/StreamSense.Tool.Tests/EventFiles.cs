namespace StreamSense.Tool.Tests;

/// <summary>A temporary folder of event files.</summary>
public sealed class EventFiles : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("streamsense-tool-");

    public string Folder => _folder.FullName;

    public string PathOf(string name) => Path.Combine(_folder.FullName, name);

    public string Write(string name, params string[] lines)
    {
        string path = PathOf(name);
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
        return path;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
