using HumanTasks.Samples.ScriptedModel;

// dotnet run --project samples/scripted-model -- FOLDER [ADDRESS]
var folder = args.Length > 0 ? args[0] : Path.Combine(AppContext.BaseDirectory, "..");
var address = args.Length > 1 ? args[1] : "http://127.0.0.1:5099";
var app = new ModelServer().AddFolder(folder).Build(address);
await app.StartAsync();
Console.WriteLine($"The scripted model listens on {address}/v1");
await app.WaitForShutdownAsync();
