using System.Buffers.Binary;
using System.Security.Cryptography;

namespace StreamSense.Core.Privacy;

/// <summary>Seals bytes that a host has to keep and nobody may read from its disk: the raw text of records that failed.</summary>
/// <remarks>
/// AES-256-GCM under a key derived (HKDF-SHA256, RFC 5869) from the key of the pseudonyms. A sealed text is its nonce (12 bytes, random),
/// the tag (16) and the cipher text. Thread-safe.
/// </remarks>
public sealed class ByteSeal : IDisposable
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly AesGcm _cipher;

    /// <summary>Creates a seal.</summary>
    /// <param name="key">The key of the pseudonyms.</param>
    public ByteSeal(PseudonymKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        Span<byte> secret = stackalloc byte[PseudonymKey.SizeInBytes];
        BinaryPrimitives.WriteUInt64LittleEndian(secret, key.Part0);
        BinaryPrimitives.WriteUInt64LittleEndian(secret[sizeof(ulong)..], key.Part1);
        Span<byte> derived = stackalloc byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, derived, salt: [], info: "StreamSense sealed bytes 1"u8);
        _cipher = new AesGcm(derived, TagBytes);
    }

    /// <summary>Seals bytes.</summary>
    /// <param name="plain">The bytes.</param>
    public byte[] Seal(ReadOnlySpan<byte> plain)
    {
        byte[] sealedBytes = new byte[NonceBytes + TagBytes + plain.Length];
        Span<byte> nonce = sealedBytes.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        lock (_cipher)
        {
            _cipher.Encrypt(nonce, plain, sealedBytes.AsSpan(NonceBytes + TagBytes), sealedBytes.AsSpan(NonceBytes, TagBytes));
        }

        return sealedBytes;
    }

    /// <summary>Opens what was sealed under the same key.</summary>
    /// <param name="sealedBytes">The sealed text.</param>
    /// <param name="plain">The bytes.</param>
    /// <returns>False if it was sealed under another key, or has been changed.</returns>
    public bool TryOpen(ReadOnlySpan<byte> sealedBytes, out byte[] plain)
    {
        plain = [];
        if (sealedBytes.Length < NonceBytes + TagBytes)
        {
            return false;
        }

        byte[] opened = new byte[sealedBytes.Length - NonceBytes - TagBytes];
        try
        {
            lock (_cipher)
            {
                _cipher.Decrypt(
                    sealedBytes[..NonceBytes], sealedBytes[(NonceBytes + TagBytes)..], sealedBytes.Slice(NonceBytes, TagBytes), opened);
            }
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        plain = opened;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _cipher.Dispose();
}
