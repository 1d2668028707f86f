using System.Security.Cryptography;
using StreamSense.Core.Buffering;

namespace StreamSense.Core.Privacy;

/// <summary>The secret under which ids become pseudonyms.</summary>
/// <remarks>
/// Whoever holds the key can tell whether a pseudonym belongs to an id that is known; without it a pseudonym says nothing. Keep one key
/// as long as stored events shall join with new ones. Immutable and thread-safe.
/// </remarks>
public sealed class PseudonymKey
{
    /// <summary>The size of a key in bytes.</summary>
    public const int SizeInBytes = 16;

    private PseudonymKey(ulong part0, ulong part1)
    {
        Part0 = part0;
        Part1 = part1;
    }

    internal ulong Part0 { get; }

    internal ulong Part1 { get; }

    /// <summary>A key from a secret of any length of at least 16 bytes.</summary>
    /// <param name="secret">The secret; never stored.</param>
    /// <exception cref="ArgumentException">The secret is shorter than 16 bytes.</exception>
    public static PseudonymKey FromSecret(ReadOnlySpan<byte> secret)
    {
        if (secret.Length < SizeInBytes)
        {
            throw new ArgumentException(
                $"A pseudonym secret has at least {SizeInBytes} bytes; this one has {secret.Length}.", nameof(secret));
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(secret, digest);
        return new PseudonymKey(BitConverter.ToUInt64(digest), BitConverter.ToUInt64(digest[8..]));
    }

    /// <summary>A random key: pseudonyms made with it join only within this process.</summary>
    public static PseudonymKey CreateRandom() => FromSecret(RandomNumberGenerator.GetBytes(SizeInBytes * 2));

    /// <summary>The key of a file, made with a random secret if there is none yet.</summary>
    /// <param name="path">The file; it holds a secret, so keep it where only the host may read.</param>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    /// <exception cref="ArgumentException">The file holds fewer than 16 bytes.</exception>
    public static PseudonymKey LoadOrCreate(string path)
    {
        if (!File.Exists(path))
        {
            string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
            Directory.CreateDirectory(folder);
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            // Before the first pseudonym is made with it: a machine that stops must find the same key again.
            using var file = new FileStream(path, options);
            file.Write(RandomNumberGenerator.GetBytes(SizeInBytes * 2));
            file.Flush();
            DeviceFlush.File(file.SafeFileHandle, path);
            DeviceFlush.Folder(folder);
        }

        return FromSecret(File.ReadAllBytes(path));
    }
}
