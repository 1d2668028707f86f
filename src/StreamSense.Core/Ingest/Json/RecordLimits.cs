namespace StreamSense.Core.Ingest.Json;

/// <summary>How long the texts of a record may be, in bytes of UTF-8, and its lists.</summary>
internal static class RecordLimits
{
    public const int Id = 512;
    public const int Dimension = 128;
    public const int Text = 4096;
    public const int Object = 4096;
    public const int Variants = 1024;
    public const int Elements = 64;
}
