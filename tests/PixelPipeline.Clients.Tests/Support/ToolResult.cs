namespace PixelPipeline.Clients.Tests.Support;

/// <summary>How another program ended, and what it said.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Errors)
{
    /// <summary>Its standard output; the test fails unless it ended well.</summary>
    public string Succeeded()
    {
        Assert.That(ExitCode, Is.Zero, $"{Errors}\n{Output}");
        return Output;
    }

    /// <summary>All that it said, as one line; the test fails if it ended well.</summary>
    public string Failed()
    {
        Assert.That(ExitCode, Is.Not.Zero, Output);
        return string.Join(' ', (Output + Errors).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }
}
