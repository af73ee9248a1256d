using System.Globalization;
using PixelPipeline.Cli.Tests.Support;

namespace PixelPipeline.Cli.Tests.Documents;

/// <summary>The message published by hand, as commands.txt has it, becomes a row.</summary>
internal sealed class CommandsFileTests
{
    [Test]
    public async Task PublishByHand_ToTheRunningFunction_GivesARow()
    {
        var command = File.ReadLines(Path.Combine(Repository.Root, "commands.txt")).Single(l => l.StartsWith("curl http://localhost:8081/", StringComparison.Ordinal));
        var pipeline = await SharedPipeline.GetAsync();
        var port = pipeline.Function.Port.ToString(CultureInfo.InvariantCulture);

        Assert.That(await Shell.RunAsync(command.Replace("8081", port, StringComparison.Ordinal)), Is.Empty);

        Assert.That((await pipeline.RowsAsync("pixel_alice_20261120", 1)).Single()["type"], Is.EqualTo("click"));
    }
}
