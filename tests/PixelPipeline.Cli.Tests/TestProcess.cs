using PixelPipeline.Cli.Tests.Support;
using PixelPipeline.GoogleCloud.BigQuery;

// No namespace: it holds for all of them.

/// <summary>What commands find in the process of the tests (<see cref="InProcess"/>), and what all tests share.</summary>
[SetUpFixture]
internal sealed class TestProcess
{
    [OneTimeSetUp]
    public void Prepare()
    {
        ConsoleWriters.Install();
        Environment.SetEnvironmentVariable(BigQueryEndpoint.EmulatorVariable, null); // or commands would find somebody's BigQuery
        PixelPipeline.Cli.FunctionAssembly.ProgramFolder = Path.GetDirectoryName(PixelProcess.Assembly)!;
    }

    [OneTimeTearDown]
    public void EndPipeline() => SharedPipeline.End();
}
