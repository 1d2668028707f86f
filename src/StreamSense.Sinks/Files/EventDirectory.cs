namespace StreamSense.Sinks.Files;

/// <summary>The data files of a directory: lists, recovers and deletes them.</summary>
internal static class EventDirectory
{
    /// <summary>The data files that have a sidecar, in order, and how many have none and so are somebody else's.</summary>
    public static List<EventFileName> List(IFileVolume volume, out int foreign)
    {
        var names = new HashSet<string>(volume.List(), StringComparer.Ordinal);
        var files = new List<EventFileName>();
        foreign = 0;
        foreach (string text in names)
        {
            if (!EventFileName.TryParse(text, out EventFileName? name))
            {
                continue;
            }

            if (names.Contains(name.Value.Sidecar))
            {
                files.Add(name.Value);
            }
            else
            {
                foreign++;
            }
        }

        files.Sort();
        return files;
    }

    /// <summary>The number of the next file: beyond that of every file there is, somebody else's too.</summary>
    public static long NextNumber(IFileVolume volume)
    {
        long last = 0;
        foreach (string text in volume.List())
        {
            if (EventFileName.TryParse(text, out EventFileName? name))
            {
                last = Math.Max(last, name.Value.Number);
            }
        }

        return last + 1;
    }

    /// <summary>Cuts every file back to its last whole batch, and seals it.</summary>
    /// <remarks>Only the holder of the directory's lock may do so. Damage is counted and never an obstacle.</remarks>
    public static List<KeptFile> Recover(IFileVolume volume, FileLedger ledger)
    {
        DeleteOrphans(volume);
        var kept = new List<KeptFile>();
        foreach (EventFileName name in List(volume, out _))
        {
            CommitPoint end = Recover(volume, name, ledger);
            if (end.Length > 0)
            {
                kept.Add(new KeptFile(name, end.Length, end.Events));
            }
            else
            {
                Delete(volume, name);
            }
        }

        return kept;
    }

    /// <summary>Deletes a file: the data first, since a sidecar alone means nothing.</summary>
    public static void Delete(IFileVolume volume, EventFileName name)
    {
        volume.Delete(name.Text);
        volume.Delete(name.Sidecar);
    }

    private static CommitPoint Recover(IFileVolume volume, EventFileName name, FileLedger ledger)
    {
        using IVolumeFile data = volume.Open(name.Text, forWriting: true);
        using IVolumeFile sidecar = volume.Open(name.Sidecar, forWriting: true);
        FileExamination found = FileExamination.Of(data, sidecar);
        if (found.Record is { IsSealed: true } && !found.IsDamaged)
        {
            return found.End;
        }

        ledger.Recovered(found.IsDamaged, found.FileLength - found.End.Length);

        // The record comes last: a crash between the two steps finds the same again.
        data.Cut(found.End.Length);
        long generation = (found.Record?.Generation ?? 0) + 1;
        EventFile.Write(sidecar, new CommitRecord(generation, found.End, found.End, IsSealed: true));
        return found.End;
    }

    private static void DeleteOrphans(IFileVolume volume)
    {
        const string SidecarSuffix = ".commit";
        var names = new HashSet<string>(volume.List(), StringComparer.Ordinal);
        foreach (string text in names)
        {
            if (text.EndsWith(SidecarSuffix, StringComparison.Ordinal)
                && text[..^SidecarSuffix.Length] is var owner
                && EventFileName.TryParse(owner, out _)
                && !names.Contains(owner))
            {
                volume.Delete(text);
            }
        }
    }
}
