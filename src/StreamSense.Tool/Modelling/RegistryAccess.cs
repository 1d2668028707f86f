using StreamSense.Ml.Models;
using StreamSense.Ml.Models.Registry;
using StreamSense.Tool.Inputs;

namespace StreamSense.Tool.Modelling;

/// <summary>Uses a registry and says in one line what cannot be done.</summary>
internal static class RegistryAccess
{
    /// <summary>Opens a registry that must be there.</summary>
    /// <exception cref="InputException">There is no such folder.</exception>
    public static ModelRegistry Open(string folder) => Directory.Exists(folder)
        ? new ModelRegistry(folder)
        : throw new InputException($"there is no registry {folder}; 'streamsense train --registry {folder} …' makes one");

    /// <summary>Does something with a registry.</summary>
    /// <exception cref="InputException">It cannot be done.</exception>
    public static T Do<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception exception) when (exception is ModelRegistryException or ModelFormatException or ModelMismatchException
            or ArgumentException or IOException or UnauthorizedAccessException)
        {
            string message = exception.Message.TrimEnd('.');
            throw new InputException(char.ToLowerInvariant(message[0]) + message[1..], exception);
        }
    }

    /// <summary>Splits <c>NAME[@VERSION]</c>.</summary>
    public static (string Name, string? Version) Split(string reference)
    {
        int at = reference.IndexOf('@', StringComparison.Ordinal);
        return at < 0 ? (reference, null) : (reference[..at], reference[(at + 1)..]);
    }

    /// <summary>Finds a version that is to be there, and says what there is if it is not.</summary>
    /// <exception cref="InputException">It is not there.</exception>
    public static RegisteredModel Find(ModelRegistry registry, string name, string? version)
    {
        RegisteredModel? found = Do(() => registry.Find(name, version));
        if (found is not null)
        {
            return found;
        }

        RegisteredModel[] there = [.. Do(() => registry.List(name))];
        if (there.Length == 0)
        {
            string names = string.Join(", ", registry.Names());
            throw new InputException($"there is no model {name} in {registry.Folder}; there are: {(names.Length > 0 ? names : "none")}");
        }

        string versions = string.Join(", ", there.Select(model => model.Version));
        throw new InputException(version is null
            ? $"no version of {name} is promoted; name one ({name}@{there[^1].Version}), or promote it ('streamsense models promote'); "
                + $"there are: {versions}"
            : $"there is no {name}@{version} in {registry.Folder}; there are: {versions}");
    }
}
