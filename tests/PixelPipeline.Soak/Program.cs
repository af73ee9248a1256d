using System.CommandLine;
using PixelPipeline.Soak;

return await SoakCommand.Create().Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(10) });
