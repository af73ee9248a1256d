namespace PixelPipeline.Cli.Tests.Support;

/// <summary>
/// One <c>pixel up</c> in the default layout for all tests that need nothing of their own of it: to start one takes longer
/// than most tests do. Each has users of its own, counts their rows alone, and leaves it as it was.
/// </summary>
internal static class SharedPipeline
{
    private static readonly TempFolder Folder = new();
    private static readonly Lazy<Task<RunningPipeline>> Started = new(() => RunningPipeline.StartAsync(Data, RunningPipeline.DefaultLayout));

    /// <summary>Its data folder.</summary>
    public static string Data => Path.Combine(Folder.Path, "data");

    /// <summary>Gives it, started by the first who asks.</summary>
    public static Task<RunningPipeline> GetAsync() => Started.Value;

    /// <summary>Ends it, after the last test.</summary>
    public static void End()
    {
        if (Started.IsValueCreated && Started.Value.IsCompletedSuccessfully)
        {
            Started.Value.Result.Dispose();
        }

        Folder.Dispose();
    }
}
