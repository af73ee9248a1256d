using System.Diagnostics;

// The runtime looks for a type of this name, in no namespace, in each assembly that DOTNET_STARTUP_HOOKS names:
// https://github.com/dotnet/runtime/blob/main/docs/design/features/host-startup-hook.md

/// <summary>
/// Runs in the function's process before its <c>Main</c>, and ends that process with the one that started it, however that
/// ended: the system then closes the pipe that is the function's standard input. What was under way was not acknowledged.
/// </summary>
internal static class StartupHook
{
    /// <summary>Called by the runtime.</summary>
    public static void Initialize() => new Thread(EndWithParent) { IsBackground = true, Name = "Ends with the parent" }.Start();

    private static void EndWithParent()
    {
        using var input = Console.OpenStandardInput();
        while (input.ReadByte() >= 0)
        {
            // Nobody writes there.
        }

        Process.GetCurrentProcess().Kill();
    }
}
